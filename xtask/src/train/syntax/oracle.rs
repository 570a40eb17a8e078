//! The dynamic oracle of arc-hybrid (Goldberg and Nivre 2013, section 3.2): what each action costs in arcs lost.

use newsgraph_syntax::training::transition::{Action, State};

/// The right tree of a sentence, for the oracle.
pub(super) struct Gold<'s> {
    heads: &'s [u32],
    children: Vec<Vec<u32>>,
    on_stack: Vec<bool>,
}

impl<'s> Gold<'s> {
    /// Heads as indices in the sentence, its length for the root.
    pub(super) fn new(heads: &'s [u32]) -> Self {
        let mut children = vec![Vec::new(); heads.len() + 1];
        for (i, &head) in heads.iter().enumerate() {
            children[head as usize].push(i as u32);
        }
        Self { heads, children, on_stack: vec![false; heads.len()] }
    }

    /// Tells that a step was taken: the word shifted is on the stack, the word reduced is not.
    pub(super) fn follow(&mut self, action: Action, shifted: u32, reduced: u32) {
        match action {
            Action::Shift => self.on_stack[shifted as usize] = true,
            Action::Left | Action::Right => self.on_stack[reduced as usize] = false,
        }
    }

    /// Arcs that can no longer be made after each action; `None` for actions that are not allowed.
    pub(super) fn costs(&self, state: &State) -> [Option<u32>; 3] {
        let (s0, s1, b0) = (state.from_top(0), state.from_top(1), state.front());
        Action::ALL.map(|action| {
            if !state.allows(action) {
                return None;
            }
            Some(match action {
                Action::Shift => {
                    let children = &self.children[b0 as usize];
                    let lost =
                        children.iter().filter(|&&d| d < b0 && self.on_stack[d as usize]).count() as u32;
                    let head = self.heads[b0 as usize];
                    lost + u32::from(head < b0 && head != s0 && self.on_stack[head as usize])
                }
                Action::Left => {
                    let head = self.heads[s0 as usize];
                    self.waiting(s0, b0) + u32::from(head != b0 && (head == s1 || head > b0))
                }
                Action::Right => self.waiting(s0, b0) + u32::from(self.heads[s0 as usize] >= b0),
            })
        })
    }

    /// Children of `word` that are still in the buffer.
    fn waiting(&self, word: u32, front: u32) -> u32 {
        self.children[word as usize].iter().filter(|&&d| d >= front).count() as u32
    }
}
