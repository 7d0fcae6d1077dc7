//! Where the browser comes back to after the person has consented: one page on this machine, for one link.

use std::time::Duration;

use gocardless_bank_data_sync::Redirect;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::exit::{Code, Failure};

/// The path that the browser comes back to.
const PATH: &str = "/back";
/// The longest head of a request that is read.
const LONGEST: usize = 8 * 1024;
/// How long a browser may take to send its request; it also opens connections that it then does not use.
const PATIENCE: Duration = Duration::from_secs(10);

/// A port of the loopback interface that waits for the browser.
#[derive(Debug)]
pub(crate) struct Callback {
    listener: TcpListener,
    port: u16,
}

impl Callback {
    /// Takes a free port.
    pub(crate) async fn listen() -> Result<Self, Failure> {
        let fail = |error| {
            Failure::new(
                Code::Other,
                format!("no port can be opened for the browser: {error}; try --no-callback"),
            )
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(fail)?;
        let port = listener.local_addr().map_err(fail)?.port();
        Ok(Self { listener, port })
    }

    /// What the requisition names as its redirect.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}{PATH}", self.port)
    }

    /// Waits until the browser comes back with this state. A request without it is refused, and the wait goes on.
    pub(crate) async fn wait(&self, state: &str) -> Redirect {
        let (found, mut back) = mpsc::channel(1);
        loop {
            tokio::select! {
                accepted = self.listener.accept() => {
                    if let Ok((stream, _)) = accepted {
                        let (found, state) = (found.clone(), state.to_owned());
                        tokio::spawn(async move {
                            if let Ok(Some(redirect)) = tokio::time::timeout(PATIENCE, serve(stream, &state)).await {
                                let _ = found.send(redirect).await;
                            }
                        });
                    }
                }
                Some(redirect) = back.recv() => return redirect,
            }
        }
    }
}

/// Answers one connection. Returns the redirect if it is the awaited one.
async fn serve(mut stream: TcpStream, state: &str) -> Option<Redirect> {
    let mut head = Vec::new();
    let mut part = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < LONGEST {
        match stream.read(&mut part).await {
            Ok(read @ 1..) => head.extend_from_slice(part.get(..read).unwrap_or_default()),
            _ => return None,
        }
    }
    let head = String::from_utf8_lossy(&head);
    let (status, text, redirect) = answer(head.lines().next().unwrap_or_default(), state);
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>bank-data</title><p>{text}</p></html>\n"
    );
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Content-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n{page}",
        page.len()
    );
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
    redirect
}

/// What to answer to the first line of a request.
fn answer(line: &str, state: &str) -> (&'static str, &'static str, Option<Redirect>) {
    let target = line.strip_prefix("GET ").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    if target.split('?').next() != Some(PATH) {
        return ("404 Not Found", "There is nothing here.", None);
    }
    let redirect = Redirect::parse(target);
    if redirect.reference.as_deref() != Some(state) {
        return ("403 Forbidden", "This is not the link that bank-data waits for.", None);
    }
    let text = if redirect.error.is_some() {
        "The bank was not linked. The terminal says why; you can close this page."
    } else {
        "Done. You can close this page and go back to the terminal."
    };
    ("200 OK", text, Some(redirect))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_request_with_the_state_is_accepted() {
        for line in [
            "",
            "POST /back?ref=s HTTP/1.1",
            "GET / HTTP/1.1",
            "GET /favicon.ico HTTP/1.1",
            "GET /backs?ref=s HTTP/1.1",
        ] {
            assert_eq!(answer(line, "s").0, "404 Not Found", "{line}");
        }
        for line in ["GET /back HTTP/1.1", "GET /back?ref=t HTTP/1.1", "GET /back?ref= HTTP/1.1"] {
            let (status, _, redirect) = answer(line, "s");
            assert!(status.starts_with("403") && redirect.is_none(), "{line}");
        }
        let (status, text, redirect) =
            answer("GET /back?ref=s&error=UserCancelledSession&details=%3Cb%3E HTTP/1.1", "s");
        assert!(status.starts_with("200") && text.contains("not linked") && redirect.is_some());
    }
}
