//! Many names at once, within one deadline.

use std::{collections::HashMap, io, rc::Rc, sync::Arc, time::Duration};

use tokio::{
    runtime::Builder,
    sync::{OwnedSemaphorePermit, Semaphore},
    task::{Id, JoinError, JoinSet, LocalSet},
    time::{Instant, timeout, timeout_at},
};

use super::{options::Options, sockets::Sockets};

/// Most connections that one host has at once: one for HTTP, two for TLS.
const CONNECTIONS_OF_A_HOST: usize = 3;

/// How one name of a crowd is looked at.
pub(super) trait Look: Sized + 'static {
    /// What is seen of it.
    type Seen: 'static;

    /// What all looks of one call share; `None` for a fault of ours.
    fn begin(options: &Options, sockets: &Rc<Sockets>, deadline: Instant) -> Option<Self>;

    /// Looks at a name, by the deadline at the latest.
    async fn look(&self, name: &str) -> Self::Seen;

    /// What is said of a name for which there was no time.
    fn too_late(&self, name: &str) -> Self::Seen;

    /// What is said of a name of which nothing is known by a fault of ours.
    fn internal(name: &str) -> Self::Seen;
}

/// Looks at all names, and answers for each in the order given: in time, whatever they do.
///
/// Everything runs in this thread, and nothing of it is left afterwards: no thread, no socket.
pub(super) fn look_at<L: Look>(names: &[String], options: &Options) -> io::Result<Vec<Rc<L::Seen>>> {
    let deadline = Instant::now() + options.deadline;
    let runtime = Builder::new_current_thread().enable_io().enable_time().build()?;
    Ok(LocalSet::new().block_on(&runtime, look_at_all::<L>(names, options, deadline)))
}

async fn look_at_all<L: Look>(hosts: &[String], options: &Options, deadline: Instant) -> Vec<Rc<L::Seen>> {
    let sockets = Rc::new(Sockets::of_this_process());
    let most = (sockets.connections() / CONNECTIONS_OF_A_HOST).max(1);
    let Some(looks) = L::begin(options, &sockets, deadline).map(Rc::new) else {
        return hosts.iter().map(|host| Rc::new(L::internal(host))).collect();
    };
    let places = Rc::new(Places::new(options.concurrency.clamp(1, most), most));
    let mut seen = Seen { hosts: HashMap::with_capacity(hosts.len()), running: HashMap::new() };
    let mut tasks = JoinSet::new();
    for host in hosts {
        if seen.hosts.contains_key(host.as_str()) {
            continue;
        }
        // Those that are done make room, and their tasks need not wait to be taken away.
        while let Some(done) = tasks.try_join_next_with_id() {
            seen.take(done);
        }
        let Ok(place) = timeout_at(deadline, Arc::clone(&places.first).acquire_owned()).await else { break };
        let Ok(place) = place else { break };
        seen.hosts.insert(host, None);
        let (looks, places, limit, given) =
            (Rc::clone(&looks), Rc::clone(&places), options.limits.slow, host.clone());
        let task = tasks
            .spawn_local(async move { Box::pin(in_place(&*looks, &given, &places, place, limit)).await });
        seen.running.insert(task.id(), host);
    }
    while let Some(done) = tasks.join_next_with_id().await {
        seen.take(done);
    }
    let answer = |host: &String| match seen.hosts.get(host.as_str()) {
        Some(Some(seen)) => Rc::clone(seen),
        Some(None) => Rc::new(L::internal(host)),
        None => Rc::new(looks.too_late(host)),
    };
    hosts.iter().map(answer).collect()
}

/// What came of each host so far.
struct Seen<'h, T> {
    hosts: HashMap<&'h str, Option<Rc<T>>>,
    running: HashMap<Id, &'h str>,
}

impl<T> Seen<'_, T> {
    /// A task that panicked leaves its host without an answer, which is said then.
    fn take(&mut self, done: Result<(Id, T), JoinError>) {
        let id = done.as_ref().map_or_else(JoinError::id, |(id, _)| *id);
        if let (Some(host), Ok((_, seen))) = (self.running.remove(&id), done) {
            self.hosts.insert(host, Some(Rc::new(seen)));
        }
    }
}

/// Places for hosts: the first ones, and further ones for those that turn out to be slow, so that these hold nobody up.
struct Places {
    first: Arc<Semaphore>,
    slow: Arc<Semaphore>,
}

impl Places {
    fn new(first: usize, most: usize) -> Self {
        let slow = (2 * first).min(most - first);
        Self { first: Arc::new(Semaphore::new(first)), slow: Arc::new(Semaphore::new(slow)) }
    }
}

/// Looks at one host in its place, and leaves it to the next one when it takes long.
async fn in_place<L: Look>(
    looks: &L,
    host: &str,
    places: &Places,
    place: OwnedSemaphorePermit,
    slow: Duration,
) -> L::Seen {
    let mut look = std::pin::pin!(looks.look(host));
    if let Ok(seen) = timeout(slow, &mut look).await {
        return seen;
    }
    tokio::select! {
        seen = &mut look => seen,
        further = Arc::clone(&places.slow).acquire_owned() => {
            drop(place);
            let seen = look.await;
            drop(further);
            seen
        }
    }
}
