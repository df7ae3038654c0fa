//! The connections of the site: how many there are at once, and how long a silent one is kept.
//!
//! A client that sends half a request, or takes no byte of its answer, would else keep a connection for ever, and enough
//! of them would leave none for others.

use std::{
    io::{self, IoSlice},
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::Sleep,
};
use tower::ServiceExt as _;

/// Connections at once; further ones wait to be taken.
const MOST: usize = 1_000;
/// How long a request's head may take, and how long a connection is kept between two requests.
const HEAD: Duration = Duration::from_secs(30);
/// How long a client may take nothing of what is sent to it.
const STALL: Duration = Duration::from_secs(60);
/// How long nothing is taken when the machine gives no more connections.
const PAUSE: Duration = Duration::from_millis(500);

/// How patient a server is.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Connections at once.
    pub most: usize,
    /// For a request's head, and between two requests.
    pub head: Duration,
    /// For a client that takes nothing.
    pub stall: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { most: MOST, head: HEAD, stall: STALL }
    }
}

/// Serves a site until `stopped` says so, then lets requests under way end for `grace`.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    mut stopped: watch::Receiver<bool>,
    grace: Duration,
) {
    let places = Arc::new(Semaphore::new(patience.most));
    let graceful = GracefulShutdown::new();
    loop {
        let taken = tokio::select! {
            // An error means that the sender is gone, which is a reason to stop as well.
            _ = stopped.wait_for(|stop| *stop) => break,
            taken = take(&listener, &places) => taken,
        };
        let Some((place, stream, peer)) = taken else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let router = router.clone();
        let answer = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request.map(Body::new))
        });
        let stream = TokioIo::new(Stalling::new(stream, patience.stall));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.head)
            .serve_connection(stream, answer);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(grace, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests under way were cut off");
    }
}

type Taken = (tokio::sync::OwnedSemaphorePermit, TcpStream, SocketAddr);

/// The next connection, once there is a place for it; nothing where the machine gives none.
async fn take(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<Taken> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Without it small answers wait for nothing; where it can't be had they do.
            let _ = stream.set_nodelay(true);
            Some((place, stream, peer))
        }
        Err(error) => {
            tracing::warn!(%error, "no connection can be taken");
            None
        }
    }
}

/// A stream that fails when nothing that is written goes out for too long.
struct Stalling<S> {
    stream: S,
    patience: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<S> Stalling<S> {
    const fn new(stream: S, patience: Duration) -> Self {
        Self { stream, patience, waiting: None }
    }

    /// What came of a write; one that waits has an end.
    fn judge<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let patience = self.patience;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        ready!(waiting.as_mut().poll(context));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client takes nothing")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Stalling<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Stalling<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.judge(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let ended = Pin::new(&mut self.stream).poll_shutdown(context);
        self.judge(context, ended)
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    const SHORT: Duration = Duration::from_millis(200);
    const LONG: Duration = Duration::from_secs(20);

    /// A site on a free port, with the means to stop it.
    async fn site(patience: Patience) -> (SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<()>) {
        let router = Router::new()
            .route("/", get(|| async { "soup" }))
            .route("/endless", get(|| async { vec![b'x'; 64 << 20] }))
            .route(
                "/peer",
                get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }),
            );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let serving = tokio::spawn(serve(listener, router, patience, stopped, LONG));
        (address, stop, serving)
    }

    async fn say(address: SocketAddr, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn rest(mut stream: TcpStream) -> String {
        let mut heard = Vec::new();
        let read = tokio::time::timeout(LONG, stream.read_to_end(&mut heard)).await;
        // A connection that is cut off may end in an error: what was heard before counts.
        drop(read.expect("the connection ends"));
        String::from_utf8_lossy(&heard).into_owned()
    }

    #[tokio::test]
    async fn half_a_request_and_an_idle_connection_have_an_end() {
        let (address, _stop, _serving) = site(Patience { head: SHORT, ..Patience::default() }).await;
        let half = say(address, "GET / HTTP/1.1\r\nHost: x\r\n").await;
        assert!(!rest(half).await.contains("200 OK"));
        let idle = say(address, "GET /peer HTTP/1.1\r\nHost: x\r\n\r\n").await;
        let peer = idle.local_addr().unwrap().to_string();
        assert!(rest(idle).await.ends_with(&peer), "the client's address is known to handlers");
    }

    #[tokio::test]
    async fn who_takes_nothing_is_left() {
        let (address, _stop, _serving) =
            site(Patience { stall: SHORT, most: 1, ..Patience::default() }).await;
        let greedy = say(address, "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n").await;
        // The only place is free again although the first client still holds its end.
        let next = say(address, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
        assert!(rest(next).await.ends_with("soup"));
        drop(greedy);
    }

    #[tokio::test]
    async fn who_takes_slowly_gets_all() {
        let (address, _stop, _serving) = site(Patience { stall: SHORT, ..Patience::default() }).await;
        let mut slow = say(address, "GET /endless HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
        let (mut buffer, mut heard) = (vec![0; 8 << 20], 0);
        loop {
            let read = slow.read(&mut buffer).await.unwrap();
            if read == 0 {
                break;
            }
            heard += read;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(heard > 64 << 20);
    }

    #[tokio::test]
    async fn a_stop_lets_requests_end_and_takes_no_more() {
        let (address, stop, serving) = site(Patience::default()).await;
        let idle = say(address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        stop.send_replace(true);
        tokio::time::timeout(LONG, serving).await.expect("it stops").unwrap();
        assert!(rest(idle).await.ends_with("soup"));
        assert!(TcpStream::connect(address).await.is_err());
    }
}
