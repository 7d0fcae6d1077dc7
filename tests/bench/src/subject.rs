//! What is measured of each client. All three do the same work: the caller gets values, or an error to act on.

use std::future::Future;

/// One of the clients: ours, the floor, or the peer.
pub trait Subject: Sized {
    /// A client of the server at `port`, without a token.
    fn connect(port: u16) -> Self;

    /// Obtains the first token, which may be valid for only a second.
    fn token(&self) -> impl Future<Output = ()>;

    /// Reads the metadata of an account: a small response.
    fn metadata(&self) -> impl Future<Output = ()>;

    /// The same by a client that spreads its calls over time, where ours does: with nearly all places of the minute taken.
    fn paced(&self) -> impl Future<Output = ()> {
        self.metadata()
    }

    /// Reads the balances of an account: a small response to a metered read.
    fn balances(&self) -> impl Future<Output = ()>;

    /// Reads `count` transactions, and returns the number that arrived.
    fn transactions(&self, count: usize) -> impl Future<Output = usize>;

    /// Reads all pages of requisitions, and returns the number that arrived.
    fn requisitions(&self) -> impl Future<Output = usize>;

    /// Reads the metadata of an account whose limit is used up: the error says when it resets.
    fn limited(&self) -> impl Future<Output = ()>;

    /// Creates a requisition that is rejected because of one of its fields: the error says which, and why.
    fn refused(&self) -> impl Future<Output = ()>;

    /// Creates an agreement, and gets a proxy's page of HTML.
    fn broken(&self) -> impl Future<Output = ()>;
}
