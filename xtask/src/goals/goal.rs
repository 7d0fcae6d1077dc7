//! What a goal is: the figures it asks for, and on which side of each it lies.

/// A goal of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Goal {
    pub(crate) number: u32,
    pub(crate) name: &'static str,
    /// What the names of the tests begin with that prove it. They are run for it, and if one fails it does not hold.
    pub(crate) tests: &'static [&'static str],
    pub(crate) limits: &'static [Limit],
    /// What a reader must know beside the figures.
    pub(crate) remark: Option<&'static str>,
}

/// One figure, and what is asked of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) figure: &'static str,
    /// Where the figure is told for each of several things: their names, put behind the figure's, all of which must be there.
    pub(crate) each: &'static [&'static str],
    pub(crate) gather: Gather,
    pub(crate) bound: Bound,
}

/// What counts of a figure that was told several times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gather {
    Most,
    Least,
    Sum,
}

/// Where a figure must lie.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Bound {
    Exactly(u32),
    AtMost(u32),
    Below(u32),
    AtLeast(u32),
    /// The same as another figure of this goal, which is gathered in the same way.
    SameAs(&'static str),
    /// At least the first in an ordinary run, and at least the second before a release.
    Runs(u32, u32),
    /// Nothing is asked of it: it is told.
    Told,
}

/// The least that was told must be so many.
pub(crate) const fn at_least(figure: &'static str, bound: u32) -> Limit {
    Limit { figure, each: &[], gather: Gather::Least, bound: Bound::AtLeast(bound) }
}

/// The most that was told must be so little.
pub(crate) const fn at_most(figure: &'static str, bound: u32) -> Limit {
    Limit { figure, each: &[], gather: Gather::Most, bound: Bound::AtMost(bound) }
}

/// Whatever was told of it must be nothing.
pub(crate) const fn none(figure: &'static str) -> Limit {
    Limit { figure, each: &[], gather: Gather::Sum, bound: Bound::Exactly(0) }
}

/// All that was told of it together.
pub(crate) const fn sum(figure: &'static str, bound: Bound) -> Limit {
    Limit { figure, each: &[], gather: Gather::Sum, bound }
}

/// The most that was told.
pub(crate) const fn most(figure: &'static str, bound: Bound) -> Limit {
    Limit { figure, each: &[], gather: Gather::Most, bound }
}
