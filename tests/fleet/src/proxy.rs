//! A proxy before an engine, whose connections can be cut.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A port that leads to another one until it is cut.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    open: Open,
}

/// The connections; `None` once it is cut.
type Open = Arc<Mutex<Option<Vec<TcpStream>>>>;

impl Proxy {
    /// A proxy before this port of the machine.
    #[must_use]
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let proxy =
            Self { port: listener.local_addr().unwrap().port(), open: Arc::new(Mutex::new(Some(vec![]))) };
        let open = Arc::clone(&proxy.open);
        thread::spawn(move || {
            for from in listener.incoming().map_while(Result::ok) {
                let Some(open) = &mut *open.lock().unwrap_or_else(PoisonError::into_inner) else { continue };
                if let Ok(to) = TcpStream::connect(("127.0.0.1", port)) {
                    for (from, to) in [(&from, &to), (&to, &from)] {
                        let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                        thread::spawn(move || {
                            let _ = io::copy(&mut from, &mut to);
                            let _ = to.shutdown(Shutdown::Both);
                        });
                    }
                    open.extend([from, to]);
                }
            }
        });
        proxy
    }

    /// Its own address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Ends its connections, and each new one at once.
    pub fn cut(&self) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner).take();
        for stream in open.into_iter().flatten() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}
