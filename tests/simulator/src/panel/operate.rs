//! What the control plane and Rust tests do to the panel. Errors are sentences for the writer of a test.

use crate::content;
use crate::content::read;
use crate::panel::{Inner, Panel};
use serde_json::{Value, json};

impl Panel {
    /// Back to the content of the start, without faults, history, or moved switches. `order` may hold new content
    /// (the keys of the state), a `seed`, and `calm`.
    pub(crate) fn reset(&self, order: &Value) -> Result<(), String> {
        let mut order = read::object(order).ok_or("The order of a reset must be a JSON object.")?;
        let seed = match order.remove("seed") {
            None | Some(Value::Null) => self.seed_at_start,
            Some(seed) => seed.as_u64().ok_or("The seed must be a whole number.")?,
        };
        let calm = match order.remove("calm") {
            None | Some(Value::Null) => self.calm_at_start,
            Some(calm) => calm.as_bool().ok_or("The value of calm must be true or false.")?,
        };
        let state = content::at_start().patched(&Value::Object(order))?;
        let mut inner = self.lock();
        *inner = Inner::new(seed, calm, state, inner.generation + 1);
        self.keepalive.send_replace(inner.knobs.keepalive_ms);
        Ok(())
    }

    pub(crate) fn about(&self) -> Value {
        let (seed, requests) = {
            let inner = self.lock();
            (inner.seed, inner.requests)
        };
        let uptime = self.uptime_ms();
        json!({ "version": crate::VERSION, "seed": seed, "uptime": uptime, "requests": requests })
    }

    pub(crate) fn put_state(&self, patch: &Value) -> Result<(), String> {
        let mut inner = self.lock();
        inner.state = inner.state.patched(patch)?;
        if patch.get("rate_limit_per_minute").is_some() || patch.get("rate_limit_window_ms").is_some() {
            inner.meter = crate::api::meter::Meter::default();
        }
        Ok(())
    }

    pub(crate) fn patch_switches(&self, patch: &Value) -> Result<(), String> {
        let mut inner = self.lock();
        inner.switches = inner.switches.patched(patch)?;
        Ok(())
    }

    pub(crate) fn patch_chaos(&self, patch: &Value) -> Result<(), String> {
        let mut inner = self.lock();
        inner.knobs = inner.knobs.patched(patch)?;
        self.keepalive.send_replace(inner.knobs.keepalive_ms);
        Ok(())
    }
}
