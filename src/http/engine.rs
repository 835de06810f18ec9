//! The thread on which everything that waits for the network is done.
//!
//! It does not survive `fork()`, so an engine belongs to the process that started it.

use std::{
    future::Future,
    io,
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use nix::{
    errno::Errno,
    sys::signal::{SigSet, SigmaskHow},
};
use tokio::{
    runtime::{Builder, Handle},
    sync::oneshot,
};

use super::{error::Error, obstacle, reason::Reason};

/// How much longer than its time a future is waited for when the thread does not get to end it.
const GRACE: Duration = Duration::from_millis(250);

/// Runs futures. When it is dropped, its thread ends by itself; nobody waits for that.
pub(super) struct Engine {
    handle: Handle,
    /// The thread lives until this is dropped.
    stop: Option<oneshot::Sender<()>>,
    ended: Mutex<Receiver<()>>,
}

/// Why there is no result.
pub(super) enum NoResult {
    TooLate,
    /// The thread is gone, or the future has panicked.
    Gone,
}

impl Engine {
    pub(super) fn start() -> Result<Self, Error> {
        let runtime =
            Builder::new_current_thread().enable_io().enable_time().build().map_err(|e| failed(&e))?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let (end, ended) = mpsc::channel::<()>();
        let run = move || {
            let _ = runtime.block_on(stopped);
            drop(runtime);
            drop(end);
        };
        with_signals_blocked(|| thread::Builder::new().name("runcloud".into()).spawn(run))
            .map_err(|e| failed(&e))?;
        Ok(Self { handle, stop: Some(stop), ended: Mutex::new(ended) })
    }

    /// Runs `future` and waits for its result, until `end` at most. What is not done by then is dropped.
    pub(super) fn run<T: Send + 'static>(
        &self,
        future: impl Future<Output = T> + Send + 'static,
        end: Instant,
    ) -> Result<T, NoResult> {
        let (send, result) = mpsc::sync_channel(1);
        let task = self.handle.spawn(async move {
            let result = tokio::time::timeout_at(end.into(), future).await;
            let _ = send.send(result);
        });
        match result.recv_timeout(end.saturating_duration_since(Instant::now()) + GRACE) {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(_)) => Err(NoResult::TooLate),
            Err(RecvTimeoutError::Timeout) => {
                task.abort();
                Err(NoResult::TooLate)
            }
            Err(RecvTimeoutError::Disconnected) => Err(NoResult::Gone),
        }
    }

    /// Ends the thread and waits for that, but no longer than `most`.
    pub(super) fn shut_down(&mut self, most: Duration) {
        drop(self.stop.take());
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = ended.recv_timeout(most);
    }
}

/// Why the thread, or what it waits with, could not be made.
fn failed(e: &io::Error) -> Error {
    let reason = match e.raw_os_error().map(Errno::from_raw) {
        _ if obstacle::is_out_of_descriptors(e) => Reason::OutOfFileDescriptors,
        Some(Errno::EAGAIN | Errno::ENOMEM) => Reason::OutOfThreads,
        _ => Reason::ClientFailed,
    };
    Error::new(reason).with_cause(e.to_string())
}

/// Runs `start` so that threads it starts never run one of PHP's signal handlers.
fn with_signals_blocked<T>(start: impl FnOnce() -> T) -> T {
    let before = SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK);
    let result = start();
    if let Ok(mask) = before {
        let _ = mask.thread_set_mask();
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A future that keeps the thread to itself until something is sent.
    fn blocking(until: Receiver<()>, started: mpsc::Sender<()>) -> impl Future<Output = ()> + Send + 'static {
        let until = Mutex::new(until);
        async move {
            started.send(()).unwrap();
            let _ = until.lock().unwrap().recv();
        }
    }

    #[test]
    fn nobody_waits_for_an_engine_that_is_dropped() {
        let engine = Engine::start().unwrap();
        let ((release, until), (started, is_started)) = (mpsc::channel(), mpsc::channel());
        engine.handle.spawn(blocking(until, started));
        is_started.recv().unwrap();
        // A drop that waits never comes to its end.
        drop(engine);
        release.send(()).unwrap();
    }

    #[test]
    fn what_cannot_be_ended_in_time_is_left_to_itself() {
        let engine = Engine::start().unwrap();
        let ((release, until), (started, _is_started)) = (mpsc::channel(), mpsc::channel());
        let result = engine.run(blocking(until, started), Instant::now());
        assert!(matches!(result, Err(NoResult::TooLate)));
        release.send(()).unwrap();
        assert!(matches!(engine.run(async { 7 }, Instant::now() + Duration::from_secs(60)), Ok(7)));
    }

    #[test]
    fn a_panic_is_no_result_and_the_next_future_has_one() {
        let engine = Engine::start().unwrap();
        let end = Instant::now() + Duration::from_secs(60);
        assert!(matches!(engine.run(async { panic!("on purpose") }, end), Err::<(), _>(NoResult::Gone)));
        assert!(matches!(engine.run(async { 7 }, end), Ok(7)));
    }
}
