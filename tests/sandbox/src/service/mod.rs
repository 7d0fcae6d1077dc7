//! The server: from bytes to a call and from an answer to bytes, and every failure of that.

mod exchange;
mod faulty;
mod headers;
mod pages;
mod server;
mod wire;

pub(crate) use server::Server;
