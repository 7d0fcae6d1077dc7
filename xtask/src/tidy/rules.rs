//! The list of rules.

use super::breach::Breach;
use super::tree::Tree;
use super::{cases, house, modules, text};

/// From the tree to its breaches.
pub(crate) type Rule = fn(&Tree) -> Vec<Breach>;

/// The rules that need nothing but the files. Those about dependencies ask cargo as well; `run` calls them.
pub(crate) const RULES: &[Rule] = &[
    cases::every_case_has_a_test,
    modules::begins_with_its_purpose,
    modules::roots_hold_no_logic,
    modules::is_not_too_long,
    text::no_unrun_examples,
    text::nothing_left_to_do,
    text::clean_line_ends,
    text::no_machine_of_ours,
    text::no_sleeping_tests,
    house::generated_client_stays_behind_the_funnel,
    house::wrapper_is_thin,
];
