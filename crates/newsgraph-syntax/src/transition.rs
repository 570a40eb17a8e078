//! The transition system: arc-hybrid (Kuhlmann, Gómez-Rodríguez and Satta 2011), the root behind the last word.
//!
//! Every word is shifted once and reduced once, so a sentence of n words takes 2n steps. A word is reduced to the
//! front of the buffer (`Left`) or to the word below it on the stack (`Right`); only the last word on the stack may be
//! reduced to the root, so that there is one root and always a tree.

/// "No word".
pub const NONE: u32 = u32::MAX;
/// Words of a configuration that the scorer looks at.
pub const POSITIONS: usize = 10;
/// Small facts of a configuration that the scorer looks at.
pub const ATOMS: usize = 12;
/// Values an atom can take.
pub const ATOM_VALUES: usize = 64;
/// The value of a label atom where there is no such word; labels are smaller.
const NO_LABEL: u8 = 63;

/// A step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Action {
    /// The front of the buffer goes on the stack.
    Shift,
    /// The top of the stack becomes a child of the front of the buffer.
    Left,
    /// The top of the stack becomes a child of the word below it.
    Right,
}

impl Action {
    /// All actions, in order of their numbers.
    pub const ALL: [Action; 3] = [Action::Shift, Action::Left, Action::Right];
}

/// A configuration: stack, buffer and the arcs made so far. The root is word number `len`.
#[derive(Clone, Debug, Default)]
pub struct State {
    stack: Vec<u32>,
    next: u32,
    len: u32,
    words: Vec<Node>,
}

/// What is known of a word in a configuration.
#[derive(Clone, Copy, Debug)]
struct Node {
    head: u32,
    leftmost: u32,
    rightmost: u32,
    label: u8,
    left_count: u8,
    right_count: u8,
    /// The label of the child attached last.
    latest: u8,
}

const FRESH: Node = Node {
    head: NONE,
    leftmost: NONE,
    rightmost: NONE,
    label: NO_LABEL,
    left_count: 0,
    right_count: 0,
    latest: NO_LABEL,
};

impl State {
    /// Begins a sentence of `len` words.
    pub fn begin(&mut self, len: u32) {
        self.stack.clear();
        self.words.clear();
        self.words.resize(len as usize + 1, FRESH);
        (self.next, self.len) = (0, len);
    }

    /// Whether every word has a head.
    #[inline]
    pub fn is_done(&self) -> bool {
        self.next == self.len && self.stack.is_empty()
    }

    /// Whether the action is possible here; while the sentence is not done, one always is.
    #[inline]
    pub fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.len,
            Action::Left => !self.stack.is_empty() && (self.next < self.len || self.stack.len() == 1),
            Action::Right => self.stack.len() > 1,
        }
    }

    /// Takes a step, which must be allowed; `label` is that of the arc it makes.
    #[inline]
    pub fn take(&mut self, action: Action, label: u8) {
        if action == Action::Shift {
            self.stack.push(self.next);
            self.next += 1;
            return;
        }
        let Some(child) = self.stack.pop() else { return };
        let head = if action == Action::Left { self.next } else { self.from_top(0) };
        let Some(node) = self.words.get_mut(child as usize) else { return };
        (node.head, node.label) = (head, label);
        let Some(node) = self.words.get_mut(head as usize) else { return };
        node.latest = label;
        if child < head {
            node.leftmost = child;
            node.left_count = node.left_count.saturating_add(1);
        } else {
            node.rightmost = child;
            node.right_count = node.right_count.saturating_add(1);
        }
    }

    /// The word so many below the top of the stack, or [`NONE`].
    #[inline]
    pub fn from_top(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |i| self.stack[i])
    }

    /// The front of the buffer; the number of words when only the root is left.
    #[inline]
    pub fn front(&self) -> u32 {
        self.next
    }

    /// The words on the stack, the top last.
    pub fn stack(&self) -> &[u32] {
        &self.stack
    }

    /// Head (the length of the sentence for the root) and label of a word; [`NONE`] before it has one.
    #[inline]
    pub fn arc(&self, word: u32) -> (u32, u8) {
        let node = self.node(word);
        (node.head, node.label)
    }

    #[inline]
    fn node(&self, word: u32) -> &Node {
        self.words.get(word as usize).unwrap_or(&FRESH)
    }

    /// The words that the scorer looks at: three of the stack, two of the buffer, outer children.
    #[inline]
    pub fn positions(&self) -> [u32; POSITIONS] {
        let (s0, s1, b0) = (self.from_top(0), self.from_top(1), self.next);
        let b1 = if b0 < self.len { b0 + 1 } else { NONE };
        let (n0, n1) = (self.node(s0), self.node(s1));
        [
            s0,
            s1,
            b0,
            self.from_top(2),
            b1,
            n0.leftmost,
            n0.rightmost,
            n1.leftmost,
            n1.rightmost,
            self.node(b0).leftmost,
        ]
    }

    /// Small facts: labels of outer and latest children, numbers of children, distances.
    #[inline]
    pub fn atoms(&self) -> [u8; ATOMS] {
        let (s0, s1, b0) = (self.from_top(0), self.from_top(1), self.next);
        let (n0, n1, nb) = (self.node(s0), self.node(s1), self.node(b0));
        let label = |w: u32| self.node(w).label.min(NO_LABEL);
        let counts = |n: &Node| n.left_count.min(3) * 4 + n.right_count.min(3);
        [
            label(n0.leftmost),
            label(n0.rightmost),
            label(n1.leftmost),
            label(n1.rightmost),
            label(nb.leftmost),
            n0.latest,
            n1.latest,
            nb.latest,
            counts(n0),
            counts(n1) + 16 * nb.left_count.min(3),
            distance(s0, b0),
            distance(s1, s0),
        ]
    }
}

/// The distance of two words in a few steps; 0 where one is missing.
#[inline]
fn distance(left: u32, right: u32) -> u8 {
    if left == NONE || right == NONE {
        return 0;
    }
    match right.saturating_sub(left) {
        d @ 0..=6 => d as u8,
        7..=9 => 7,
        10..=14 => 8,
        15..=24 => 9,
        _ => 10,
    }
}
