//! A server that costs the subjects nothing: a process of its own, a thread for each connection, prepared responses.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use crate::answers;

/// A server that ends with the process that started it.
#[derive(Debug)]
pub struct Server {
    /// Where it listens, on this machine.
    pub port: u16,
    // It runs until its standard input ends.
    _process: Child,
}

/// Starts a server whose first access token is valid for so many seconds.
pub fn start(lifetime: usize) -> Server {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["serve", &lifetime.to_string()]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = command.spawn().expect("the server");
    let mut line = String::new();
    let output = process.stdout.take().expect("its output");
    BufReader::new(output).read_line(&mut line).expect("its port");
    Server { port: line.trim().parse().expect("a port"), _process: process }
}

/// Prints the port and serves until the standard input ends.
pub fn run(lifetime: usize) -> io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    println!("{}", listener.local_addr()?.port());
    let answers = Arc::new(answers::all(lifetime));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answers = Arc::clone(&answers);
            // A broken connection is the client's affair.
            std::thread::spawn(move || serve(stream, &answers));
        }
    });
    io::copy(&mut io::stdin(), &mut io::sink()).map(|_| ())
}

fn serve(stream: TcpStream, answers: &HashMap<String, Vec<u8>>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    loop {
        let Some(path) = request(&mut reader)? else { return Ok(()) };
        match answers.get(&path) {
            Some(answer) => writer.write_all(answer)?,
            None => {
                eprintln!("no answer to {path}");
                writer.write_all(&answers::head("404 Not Found", "application/json", 2, ""))?;
                writer.write_all(b"{}")?;
            }
        }
    }
}

/// Reads one request to its end and gives its path, or nothing where the connection was closed.
fn request(reader: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let head = line.trim_end().to_ascii_lowercase();
        if head.is_empty() {
            break;
        }
        if let Some(value) = head.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    io::copy(&mut reader.by_ref().take(length), &mut io::sink())?;
    Ok(Some(path))
}
