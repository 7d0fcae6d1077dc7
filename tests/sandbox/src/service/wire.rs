//! The socket under a connection, with an override: it can send other bytes than the server's, and then
//! close or reset.
//!
//! This is why the sandbox has its own accept loop: no framework lets a handler cut its own connection.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// How a taken-over connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With FIN, as any closed socket.
    Close,
    /// With RST.
    Reset,
}

/// The override of one connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line(Arc<Mutex<Option<(Bytes, End)>>>);

impl Line {
    /// From now on these bytes are sent instead of what the server writes; then the connection ends.
    pub(crate) fn take_over(&self, bytes: Bytes, end: End) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((bytes, end));
    }
}

/// A socket with an override.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    line: Line,
}

impl Wire {
    pub(crate) const fn new(stream: TcpStream, line: Line) -> Self {
        Self { stream, line }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        let line = self.line.clone();
        let mut script = line.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((bytes, end)) = script.as_mut() else {
            return Pin::new(&mut self.stream).poll_write(context, buffer);
        };
        while !bytes.is_empty() {
            match Pin::new(&mut self.stream).poll_write(context, bytes) {
                Poll::Ready(Ok(written)) => bytes.advance(written),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                Poll::Pending => return Poll::Pending,
            }
        }
        if *end == End::Reset {
            // A socket that lingers for no time is reset when it is dropped, which the error below brings about.
            socket2::SockRef::from(&self.stream).set_linger(Some(Duration::ZERO))?;
        }
        Poll::Ready(Err(io::Error::new(io::ErrorKind::ConnectionAborted, "a fault ends this connection")))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
