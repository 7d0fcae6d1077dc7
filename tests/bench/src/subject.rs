//! What every subject can do. The three do the same work: a caller gets values, or an error that it can act on.

use std::future::Future;

/// A client, be it ours, the peer's or one written by hand.
pub trait Subject: Sized {
    /// A client of the server on this machine's `port`, without a token as yet.
    fn connect(port: u16) -> Self;

    /// Obtains the first token, which may be good for a second only.
    fn token(&self) -> impl Future<Output = ()>;

    /// Reads the metadata of the account, which is a small answer.
    fn metadata(&self) -> impl Future<Output = ()>;

    /// Reads the balances of the account, which is a small answer of a scarce read.
    fn balances(&self) -> impl Future<Output = ()>;

    /// Reads so many transactions, and gives the number that came.
    fn transactions(&self, count: usize) -> impl Future<Output = usize>;

    /// Reads all pages of the requisitions, and gives the number that came.
    fn requisitions(&self) -> impl Future<Output = usize>;

    /// Reads the metadata of an account that is over its limit: what the service said, and when it may be asked again.
    fn limited(&self) -> impl Future<Output = ()>;

    /// Creates a requisition that is refused for one of its fields: which one, and why.
    fn refused(&self) -> impl Future<Output = ()>;

    /// Creates an agreement and gets a proxy's page instead of an answer.
    fn broken(&self) -> impl Future<Output = ()>;
}
