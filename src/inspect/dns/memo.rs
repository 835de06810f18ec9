//! Answers that several hosts of one call share: what one asks, the others wait for.

use std::{cell::RefCell, collections::HashMap, hash::Hash, rc::Rc};

use tokio::sync::OnceCell;

/// How many answers are kept; past that those that are there are forgotten.
const MOST: usize = 4096;

/// Answers by what was asked.
pub(super) struct Memo<K, V>(RefCell<HashMap<K, Rc<OnceCell<V>>>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// The answer for `key`: the one that is there, the one that somebody is getting, or what `get` gets. An error is
    /// nobody else's.
    pub(super) async fn of<E>(&self, key: K, get: impl AsyncFnOnce() -> Result<V, E>) -> Result<V, E> {
        let cell = {
            let mut all = self.0.borrow_mut();
            if all.len() >= MOST {
                all.retain(|_, cell| !cell.initialized());
            }
            Rc::clone(all.entry(key).or_default())
        };
        cell.get_or_try_init(|| get()).await.cloned()
    }

    /// The answer for `key`, if it is there.
    pub(super) fn get(&self, key: &K) -> Option<V> {
        self.0.borrow().get(key).and_then(|cell| cell.get().cloned())
    }

    /// Keeps what somebody has found by the way.
    pub(super) fn keep(&self, key: K, value: V) {
        self.0.borrow_mut().insert(key, Rc::new(OnceCell::new_with(Some(value))));
    }
}
