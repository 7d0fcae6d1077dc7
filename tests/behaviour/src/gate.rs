//! A door that holds back whoever comes until it is opened, once and for good.

use std::sync::Arc;

use tokio::sync::Semaphore;

/// A door that is shut until it is opened.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Semaphore>);

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }
}

impl Gate {
    /// Lets everybody through from now on.
    pub fn open(&self) {
        self.0.close();
    }

    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.0.is_closed()
    }

    /// Waits until it is open.
    pub async fn passed(&self) {
        // There is never a permit, so this ends when the semaphore is closed.
        let _ = self.0.acquire().await;
    }
}
