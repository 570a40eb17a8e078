//! The entity layer while it is being made.

use newsgraph_gazetteer::{EntryId, Gender};
use newsgraph_text::TokenRange;
use rustc_hash::FxHashMap;

use super::coordinations::Coordination;
use crate::{EntityType, MentionForm};

/// The number of an entity while the layer is being made.
pub type ClusterId = u32;

/// What is known of one entity so far.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    pub(crate) kind: EntityType,
    pub(crate) entry: Option<EntryId>,
    /// The entry of a user's list that gives it a code.
    pub(crate) coder: Option<EntryId>,
    /// The fullest name or first description in the text.
    pub(crate) label: String,
    pub(crate) gender: Option<Gender>,
    pub(crate) roles: Vec<String>,
    /// ISO 3166 alpha-3 codes of the states that the roles and the gazetteer tie it to.
    pub(crate) countries: Vec<String>,
    pub(crate) named: bool,
    /// Whether its name stands in the gazetteer, be it for several.
    pub(crate) listed: bool,
    pub(crate) plural: bool,
    /// Of a group: who they are.
    pub(crate) members: Vec<ClusterId>,
}

/// One mention of an entity while the layer is being made.
#[derive(Clone, Copy, Debug)]
pub struct DraftMention {
    /// Where.
    pub tokens: TokenRange,
    /// The syntactic head.
    pub head: u32,
    /// How it refers.
    pub form: MentionForm,
    /// To what.
    pub cluster: ClusterId,
}

/// Clusters, mentions and the words that stand for them.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) mentions: Vec<DraftMention>,
    /// Title and apposition heads that stand for a mention's entity without being mentions: "President" in
    /// "President Vladimir Putin".
    pub(crate) also_headed: FxHashMap<u32, ClusterId>,
    /// States by their ISO 3166 alpha-3 codes.
    pub(crate) states: FxHashMap<String, ClusterId>,
    /// Entities that the text puts side by side, in order of the text.
    pub(crate) coordinations: Vec<Coordination>,
    /// Groups by their members.
    groups: FxHashMap<Vec<ClusterId>, ClusterId>,
}

impl Cluster {
    pub(crate) fn new(kind: EntityType, label: &str) -> Self {
        Self {
            kind,
            entry: None,
            coder: None,
            label: label.split_whitespace().collect::<Vec<_>>().join(" "),
            gender: None,
            roles: Vec::new(),
            countries: Vec::new(),
            named: false,
            listed: false,
            plural: false,
            members: Vec::new(),
        }
    }

    pub(crate) fn add_role(&mut self, role: String) {
        if !role.is_empty() && !self.roles.contains(&role) {
            self.roles.push(role);
        }
    }

    pub(crate) fn add_country(&mut self, code: &str) {
        if !self.countries.iter().any(|c| c == code) {
            self.countries.push(code.to_owned());
        }
    }

    /// Whether any role names the same office: shares its last noun, or both lead something.
    pub(crate) fn holds(&self, lemma: &str) -> bool {
        self.roles.iter().any(|role| role_words(role).any(|w| w.eq_ignore_ascii_case(lemma)))
    }
}

/// The words of a role before its "of": "defence minister of Russia" gives "defence", "minister".
pub(crate) fn role_words(role: &str) -> impl Iterator<Item = &str> {
    role.split([' ', '-']).take_while(|w| !matches!(*w, "of" | "for" | "at" | "in"))
}

impl Draft {
    pub(crate) fn cluster_mut(&mut self, id: ClusterId) -> &mut Cluster {
        &mut self.clusters[id as usize]
    }

    pub(crate) fn cluster(&self, id: ClusterId) -> &Cluster {
        &self.clusters[id as usize]
    }

    pub(crate) fn add_cluster(&mut self, cluster: Cluster) -> ClusterId {
        self.clusters.push(cluster);
        self.clusters.len() as u32 - 1
    }

    /// The state with this code, if the document names it.
    pub(crate) fn state(&self, code: &str) -> Option<ClusterId> {
        self.states.get(code).copied()
    }

    /// The group of these members: one, however often and in whatever order they are referred to.
    pub(crate) fn group(&mut self, mut members: Vec<ClusterId>) -> ClusterId {
        members.sort_unstable();
        if let Some(&known) = self.groups.get(&members) {
            return known;
        }
        let kind = members.first().map_or(EntityType::Person, |&first| self.cluster(first).kind);
        let mut group = Cluster::new(kind, "");
        group.plural = true;
        group.members.clone_from(&members);
        let id = self.add_cluster(group);
        self.groups.insert(members, id);
        id
    }

    pub(crate) fn add_mention(
        &mut self,
        tokens: TokenRange,
        head: u32,
        form: MentionForm,
        cluster: ClusterId,
    ) {
        self.mentions.push(DraftMention { tokens, head, form, cluster });
    }

    /// Leaves out places that are described once and never named: nothing is known of them.
    pub(crate) fn drop_lone_places(&mut self) {
        let mut uses = vec![0u32; self.clusters.len()];
        for mention in &self.mentions {
            uses[mention.cluster as usize] += 1;
        }
        let clusters = &self.clusters;
        self.mentions.retain(|m| {
            let cluster = &clusters[m.cluster as usize];
            cluster.named
                || !cluster.members.is_empty()
                || !cluster.kind.is_place()
                || uses[m.cluster as usize] > 1
        });
    }
}
