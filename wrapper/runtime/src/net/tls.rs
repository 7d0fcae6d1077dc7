//! The cryptography provider of rustls. reqwest uses the process default and panics if there is none, so one has to be
//! installed before any client is built.

/// Installs rustls' default cryptography provider for this process, unless it has one: aws-lc with the feature
/// `rustls-aws-lc-rs`, else ring. Without TLS by rustls it does nothing.
///
/// Building a `BankData` calls it. Call it yourself, first thing in `main`, if the program builds a client of reqwest 0.13
/// before that and nothing else in the program chooses TLS for reqwest: that client would panic.
///
/// A process has one default. A program that wants another provider installs it with rustls'
/// `CryptoProvider::install_default` before the first `BankData` is built.
///
/// ```
/// gocardless_bank_data_runtime::net::install_cryptography();
/// ```
pub fn install_cryptography() {
    #[cfg(any(feature = "rustls", feature = "rustls-aws-lc-rs"))]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // It fails only if another thread was faster; then that thread's choice holds.
        drop(chosen().install_default());
    }
}

#[cfg(feature = "rustls-aws-lc-rs")]
fn chosen() -> rustls::crypto::CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

/// Also if another crate compiles aws-lc in: what a program gets does not depend on other crates.
#[cfg(all(feature = "rustls", not(feature = "rustls-aws-lc-rs")))]
fn chosen() -> rustls::crypto::CryptoProvider {
    rustls::crypto::ring::default_provider()
}

#[cfg(all(test, any(feature = "rustls", feature = "rustls-aws-lc-rs")))]
mod tests {
    use std::sync::Barrier;

    use rustls::NamedGroup;
    use rustls::crypto::CryptoProvider;

    use super::*;

    #[test]
    fn aws_lc_is_chosen_where_its_feature_is_on_and_ring_otherwise() {
        let first = chosen().kx_groups.first().map(|group| group.name());
        // Of the two, only aws-lc knows the group of post-quantum cryptography, and it shall come first.
        let expected =
            if cfg!(feature = "rustls-aws-lc-rs") { NamedGroup::X25519MLKEM768 } else { NamedGroup::X25519 };
        assert_eq!(first, Some(expected));
    }

    #[test]
    fn threads_that_ask_at_the_same_time_all_find_one_and_the_same() {
        let barrier = Barrier::new(8);
        let found = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        barrier.wait();
                        install_cryptography();
                        CryptoProvider::get_default().map(|provider| std::ptr::from_ref(provider).addr())
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(found[0].is_some());
        assert!(found.iter().all(|provider| *provider == found[0]));
    }
}
