//! Measuring side by side: only ratios within one run say anything.

use std::time::Duration;

/// What one round of one contender took.
pub type Timed<'t> = Box<dyn FnMut() -> Duration + 't>;

/// Runs all contenders in turn, `rounds` times, and gives the median of the ratios of each to the
/// first, and the first's median time.
pub fn compare(rounds: usize, mut contenders: Vec<Timed<'_>>) -> (Duration, Vec<f64>) {
    for contender in &mut contenders {
        contender();
    }
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); contenders.len()];
    for _ in 0..rounds {
        for (contender, times) in contenders.iter_mut().zip(&mut times) {
            times.push(contender().as_secs_f64());
        }
    }
    let ratios =
        times.iter().map(|own| median(own.iter().zip(&times[0]).map(|(own, first)| own / first).collect()));
    let ratios = ratios.collect();
    (Duration::from_secs_f64(median(times.swap_remove(0))), ratios)
}

/// The middle one.
pub fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// The processor time `work` takes on this thread; what it makes is dropped after the clock stopped.
pub fn cpu<T>(work: impl FnOnce() -> T) -> Duration {
    let now = || {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
    };
    let start = now();
    let made = std::hint::black_box(work());
    let end = now();
    drop(made);
    end - start
}
