//! What a caller must know about the attempts that led to an error.

/// How often a call was sent, and by which reference its result can be looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CallContext {
    pub(crate) attempts: u32,
    pub(crate) reference: Option<String>,
}

impl Default for CallContext {
    fn default() -> Self {
        Self { attempts: 1, reference: None }
    }
}
