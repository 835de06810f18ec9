//! Sees how a new connection comes about, so that an error can say what it was waiting for. A client sends one request at a
//! time, so what is seen belongs to the request that was begun last.

use std::{
    error::Error,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use tower_layer::Layer;
use tower_service::Service;

use super::trip::{Stage, Trip};

/// The request that a client sends.
#[derive(Debug, Default)]
pub(super) struct Watch(Mutex<Arc<Trip>>);

impl Watch {
    /// From now on what is seen belongs to this request.
    pub(super) fn begin(&self) -> Arc<Trip> {
        let trip = Arc::<Trip>::default();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&trip);
        trip
    }

    pub(super) fn trip(&self) -> Arc<Trip> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Lies around the part of the HTTP client that opens connections.
#[derive(Clone)]
pub(super) struct WatchLayer(pub(super) Arc<Watch>);

/// What opens connections, watched.
#[derive(Clone)]
pub(super) struct Watched<S> {
    inner: S,
    watch: Arc<Watch>,
}

impl<S> Layer<S> for WatchLayer {
    type Service = Watched<S>;

    fn layer(&self, inner: S) -> Watched<S> {
        Watched { inner, watch: Arc::clone(&self.0) }
    }
}

impl<S, R> Service<R> for Watched<S>
where
    S: Service<R, Error = Box<dyn Error + Send + Sync>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let trip = self.watch.trip();
        trip.enter(Stage::Connecting);
        let opened = self.inner.call(request);
        Box::pin(async move {
            let result = opened.await;
            if result.is_ok() {
                trip.is_connected();
            }
            result
        })
    }
}
