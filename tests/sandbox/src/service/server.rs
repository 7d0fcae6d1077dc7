//! Listens and serves each connection, on its own thread, until it is stopped.
//!
//! Its own thread, so that a sandbox works from any runtime or none, and a test that blocks its thread or
//! stops tokio's clock does not stop the sandbox too.

use std::io;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::body::Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::exchange::exchange;
use super::wire::{Line, Wire};
use crate::world::World;

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 4_096;

/// A running server; dropping it stops it and breaks its connections.
#[derive(Debug)]
pub(crate) struct Server {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Takes a port of an address; 0 takes a free one.
    pub(crate) fn bind(host: IpAddr, port: u16) -> io::Result<TcpListener> {
        let listener = TcpListener::bind((host, port))?;
        listener.set_nonblocking(true)?;
        // The standard library's 128 is soon full when thousands of callers start at once, and each of those over
        // it waits a second.
        socket2::SockRef::from(&listener).listen(BACKLOG)?;
        Ok(listener)
    }

    /// Begins to serve.
    pub(crate) fn start(listener: TcpListener, world: Arc<World>) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _context = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("gocardless-sandbox".to_owned()).spawn(move || {
            runtime.spawn(accept(listener, world));
            // An error means that the sender is gone, which is the same message.
            let _ = runtime.block_on(stopped);
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic on that thread has been printed; a second one here would hide it.
            let _ = thread.join();
        }
    }
}

async fn accept(listener: tokio::net::TcpListener, world: Arc<World>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, most likely: wait for connections to end.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        let world = Arc::clone(&world);
        connections.spawn(async move {
            // Answers are small: waiting to fill a packet only delays them. If this fails it does not matter.
            let _ = stream.set_nodelay(true);
            let line = Line::default();
            let io = TokioIo::new(Wire::new(stream, line.clone()));
            let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                let (world, line) = (Arc::clone(&world), line.clone());
                async move {
                    Ok::<_, std::convert::Infallible>(exchange(world, line, request.map(Body::new)).await)
                }
            });
            // A connection that ends badly is the caller's or a fault's doing.
            let _ = http1::Builder::new().serve_connection(io, service).await;
        });
    }
}
