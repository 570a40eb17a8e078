//! Documents through all threads and out again in the order in which they came in.
//!
//! One thread cuts the inputs into batches, the workers take them as they are free, and the calling thread puts the
//! results in order and writes them. What is in flight is bounded in bytes, so that a slow document at the head of
//! the line cannot pile up the results behind it, and a slow reader of the output slows the reading down.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use newsgraph_corpus::{Decoded, Item, Piece};

use crate::inputs::{Input, Inputs};
use crate::reporter::{Counts, Problem, Reporter};

/// Bytes of input in a batch, so that handing over costs nothing beside the work; a longer document is a batch alone.
const BATCH_BYTES: u64 = 32 << 10;

/// Documents in a batch, however short they are.
const BATCH_DOCUMENTS: usize = 64;

/// Bytes of input that may be in flight; the document that crosses the line still goes through.
const IN_FLIGHT: u64 = 32 << 20;

/// What is done to each document.
pub(crate) trait Task: Sync {
    /// What each thread owns: scratch space, and what it gathers.
    type State;

    /// What a thread has gathered when it ends.
    type Gathered: Send;

    /// The state of a thread that begins.
    fn begin(&self) -> Self::State;

    /// Works on one document, writes its result to `out`, and counts what was found.
    fn document(&self, state: &mut Self::State, item: Item, out: &mut Vec<u8>) -> Counts;

    /// What is left of the state when there are no more documents.
    fn end(&self, state: Self::State) -> Self::Gathered;
}

/// Runs `task` on every document of `inputs` with `jobs` threads, writes the results to `out` in order, and returns
/// what the threads gathered. Problems go to `reporter`, in order too.
///
/// # Errors
/// When `out` fails; reading then stops soon.
pub(crate) fn run<T: Task>(
    task: &T,
    inputs: &Inputs,
    jobs: usize,
    reporter: &mut Reporter,
    out: &mut impl Write,
) -> io::Result<Vec<T::Gathered>> {
    let in_flight = InFlight::default();
    let (batches, waiting) = sync_channel(jobs);
    let waiting = Mutex::new(waiting);
    let (results, done) = channel();
    thread::scope(|scope| {
        scope.spawn(|| read(inputs, batches, &in_flight));
        let workers: Vec<_> = (0..jobs)
            .map(|_| {
                let results = results.clone();
                let waiting = &waiting;
                scope.spawn(move || work(task, waiting, &results))
            })
            .collect();
        drop(results);
        let written = write_in_order(&done, &in_flight, reporter, out);
        // After a failure nobody waits for the results any more: let the reader and the workers come to their ends.
        in_flight.close();
        drop(done);
        let states =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|p| std::panic::resume_unwind(p)));
        let states = states.collect();
        written.map(|()| states)
    })
}

/// Documents to be worked on together, and what went wrong between them.
struct Batch {
    number: u64,
    bytes: u64,
    pieces: Vec<Result<Piece, Problem>>,
}

/// What came of a batch.
struct Done {
    number: u64,
    bytes: u64,
    output: Vec<u8>,
    counts: Counts,
    problems: Vec<Problem>,
}

/// Cuts the inputs into batches.
fn read(inputs: &Inputs, batches: SyncSender<Batch>, in_flight: &InFlight) {
    let mut batch = Batch { number: 0, bytes: 0, pieces: Vec::new() };
    let pieces = inputs.iter().flat_map(|input| match input {
        Ok(input) => pieces(inputs, &input),
        Err(unreadable) => Box::new(std::iter::once(Err(Problem::skipped(unreadable)))),
    });
    for piece in pieces {
        batch.bytes += piece.as_ref().map_or(0, Piece::len);
        batch.pieces.push(piece);
        if batch.bytes >= BATCH_BYTES || batch.pieces.len() >= BATCH_DOCUMENTS {
            let next = Batch { number: batch.number + 1, bytes: 0, pieces: Vec::new() };
            let full = std::mem::replace(&mut batch, next);
            if !in_flight.enter(full.bytes) || batches.send(full).is_err() {
                return;
            }
        }
    }
    if in_flight.enter(batch.bytes) {
        // Fails only when nobody waits for results any more.
        let _ = batches.send(batch);
    }
}

/// The documents of one input.
fn pieces(inputs: &Inputs, input: &Input) -> Box<dyn Iterator<Item = Result<Piece, Problem>>> {
    match input.open() {
        Ok(open) => {
            let reader = newsgraph_corpus::Reader::new(open, input.name.clone(), input.format);
            let reader = reader.options(inputs.options());
            Box::new(reader.map(|piece| piece.map_err(Problem::from)))
        }
        Err(error) => {
            let what = format!("{}: cannot be read: {error}", input.name.path);
            Box::new(std::iter::once(Err(Problem::skipped(what))))
        }
    }
}

/// Works on batches until there are no more.
fn work<T: Task>(task: &T, waiting: &Mutex<Receiver<Batch>>, results: &Sender<Done>) -> T::Gathered {
    let mut state = task.begin();
    let mut wanted = true;
    // The lock is held only while waiting, never while working.
    let next = || lock(waiting).recv().ok();
    while let Some(batch) = next() {
        // When nobody wants results, batches are still taken, so that the reader never waits for room in vain.
        wanted = wanted && results.send(work_on(task, &mut state, batch)).is_ok();
    }
    task.end(state)
}

fn work_on<T: Task>(task: &T, state: &mut T::State, batch: Batch) -> Done {
    let Batch { number, bytes, pieces } = batch;
    let mut done =
        Done { number, bytes, output: Vec::new(), counts: Counts::default(), problems: Vec::new() };
    for piece in pieces {
        if let Err(problem) = piece.and_then(|piece| work_on_piece(task, state, piece, &mut done)) {
            done.problems.push(problem);
        }
    }
    done
}

/// Works on one document; an error says why it is not in the output.
fn work_on_piece<T: Task>(
    task: &T,
    state: &mut T::State,
    piece: Piece,
    done: &mut Done,
) -> Result<(), Problem> {
    let place = piece.place();
    let Decoded { item, notes } = piece.decode().map_err(Problem::from)?;
    done.problems.extend(notes.into_iter().map(Problem::from));
    let before = done.output.len();
    let output = &mut done.output;
    // No text shall make the analysis panic; if one does, it costs that document and not the whole run.
    match catch_unwind(AssertUnwindSafe(|| task.document(state, item, output))) {
        Ok(counts) => {
            done.counts += counts;
            Ok(())
        }
        Err(_) => {
            done.output.truncate(before);
            Err(Problem::skipped(format!("{place}: the analysis failed; please report this text")))
        }
    }
}

/// Writes results in the order of their batches as they arrive.
fn write_in_order(
    done: &Receiver<Done>,
    in_flight: &InFlight,
    reporter: &mut Reporter,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for result in done {
        early.insert(result.number, result);
        while let Some(result) = early.remove(&next) {
            out.write_all(&result.output)?;
            in_flight.leave(result.bytes);
            reporter.advance(result.bytes, result.counts, result.problems);
            next += 1;
        }
    }
    Ok(())
}

/// Counts the bytes between reading and writing, and makes the reader wait when there are too many.
#[derive(Default)]
struct InFlight {
    state: Mutex<(u64, bool)>,
    changed: Condvar,
}

impl InFlight {
    /// Waits until there is room; false when nobody wants the bytes any more.
    fn enter(&self, bytes: u64) -> bool {
        let full = |(used, closed): &mut (u64, bool)| *used >= IN_FLIGHT && !*closed;
        let mut state =
            self.changed.wait_while(lock(&self.state), full).unwrap_or_else(PoisonError::into_inner);
        state.0 += bytes;
        !state.1
    }

    fn leave(&self, bytes: u64) {
        lock(&self.state).0 -= bytes;
        self.changed.notify_one();
    }

    fn close(&self) {
        lock(&self.state).1 = true;
        self.changed.notify_one();
    }
}

/// A poisoned lock means a panic elsewhere, which ends the run by itself.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
