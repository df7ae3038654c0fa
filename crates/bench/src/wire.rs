//! Just enough HTTP/1.1 to ask one thing after another on a connection that stays open, at little cost beside the
//! server that is measured.

use std::{io, net::SocketAddr};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A connection to a server.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer, as it came: a compressed body stays compressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    /// The body, its chunks put together.
    pub body: Vec<u8>,
    /// Bytes that travelled: head, body and the marks between chunks.
    pub bytes: usize,
}

impl Answer {
    /// The first header of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }
}

impl Connection {
    /// Connects. Errors: nobody listens.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a request and waits for its whole answer. Errors: the connection ends, or what comes isn't HTTP.
    pub async fn ask(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let end = loop {
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        let status = head.get(9..12).and_then(|code| code.parse().ok()).ok_or_else(strange)?;
        let length = header(&head, "content-length").and_then(|length| length.parse().ok());
        let chunked =
            header(&head, "transfer-encoding").is_some_and(|way| way.eq_ignore_ascii_case("chunked"));
        let body = match length {
            _ if matches!(status, 204 | 304) => Vec::new(),
            Some(length) => self.whole(end, length).await?,
            None if chunked => self.chunks(end).await?,
            None => return Err(strange()),
        };
        Ok(Answer { status, head, body, bytes: self.buffer.len() })
    }

    async fn more(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }

    async fn whole(&mut self, start: usize, length: usize) -> io::Result<Vec<u8>> {
        while self.buffer.len() < start + length {
            self.more().await?;
        }
        Ok(self.buffer[start..start + length].to_vec())
    }

    async fn chunks(&mut self, start: usize) -> io::Result<Vec<u8>> {
        let (mut body, mut at) = (Vec::new(), start);
        loop {
            let line = loop {
                match find(&self.buffer[at..], b"\r\n") {
                    Some(line) => break at + line,
                    None => self.more().await?,
                }
            };
            let size = std::str::from_utf8(&self.buffer[at..line]).map_err(|_| strange())?;
            let size = usize::from_str_radix(size.trim(), 16).map_err(|_| strange())?;
            let chunk = self.whole(line + 2, size + 2).await?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
            at = line + 2 + size + 2;
        }
    }
}

/// A GET as a browser of a returning visitor sends it.
#[must_use]
pub fn get(path: &str, cookie: Option<&str>) -> Vec<u8> {
    let cookie = cookie.map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
    format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: fr\r\n\
         Accept-Encoding: gzip\r\n{cookie}\r\n"
    )
    .into_bytes()
}

/// A form that is sent.
#[must_use]
pub fn post(path: &str, cookie: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Language: fr\r\n\
         Accept-Encoding: gzip\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().skip(1).find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn strange() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not an HTTP answer")
}
