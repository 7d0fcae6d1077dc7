//! What a caller must know of the tries that led to an error.

/// How often a call was sent, and by what name its result can be looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trail {
    pub(crate) attempts: u32,
    pub(crate) reference: Option<String>,
}

impl Default for Trail {
    fn default() -> Self {
        Self { attempts: 1, reference: None }
    }
}
