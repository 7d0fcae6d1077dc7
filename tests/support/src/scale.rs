//! How much a test tries: a little in an ordinary run, as much as a goal asks where it is told to.

/// How many there are of what `variable` names (`BEHAVIOUR_SEEDS`): its value where it is set and a number, else `ordinary`.
#[must_use]
pub fn scale(variable: &str, ordinary: u64) -> u64 {
    read(std::env::var(variable).ok().as_deref(), ordinary)
}

fn read(given: Option<&str>, ordinary: u64) -> u64 {
    given.and_then(|text| text.parse().ok()).unwrap_or(ordinary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_as_large_as_it_is_told_to_be_and_else_ordinary() {
        assert_eq!([read(None, 7), read(Some("x"), 7), read(Some("100"), 7)], [7, 7, 100]);
    }
}
