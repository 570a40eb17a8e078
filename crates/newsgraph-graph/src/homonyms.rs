//! People of one full name, none of them in the gazetteer: two stories' "John Smith" are two where the stories say so.

use crate::facts::{CanonicalFacts, DocId, Sym};
use crate::fold::words;
use crate::reading::PART;
use crate::resolve::{Identities, Known};
use rustc_hash::FxHashMap;

/// Words of roles that many people share.
const COMMON: &[&str] =
    &["former", "then", "acting", "deputy", "senior", "chief", "head", "leader", "the", "of", "for", "and"];

/// People and bodies so often in the news that meeting in their company says nothing.
const COMPANY_DOCUMENTS: usize = 50;

/// One person of the name, as the documents so far describe them.
struct Person {
    /// The roles of the first document, which tell this person from the others of the name.
    key: String,
    roles: Vec<String>,
    company: Vec<Sym>,
    documents: Vec<DocId>,
}

/// Parts documents that speak of different people of one name: both give a role, the roles have no word in common, and
/// no person or body, other than the most frequent, is mentioned beside both.
pub(crate) fn part(facts: &mut CanonicalFacts, known: &[Known], identities: &mut Identities) {
    let mut company: Option<FxHashMap<DocId, Vec<Sym>>> = None;
    for node in known.iter().filter(|node| node.kind == "PERSON" && node.name.is_some()) {
        let described = described(facts, node);
        if described.iter().filter(|(_, roles)| !roles.is_empty()).count() < 2 {
            continue;
        }
        let company = company.get_or_insert_with(|| companies(known));
        let people = people(node, &described, company);
        for person in people.iter().skip(1) {
            let key = format!("{}{PART}{}", facts.text(node.node), person.key);
            let other = facts.intern(&key);
            for &document in &person.documents {
                identities.split(node.node, document, other);
            }
            identities.reasons.insert(other, "other roles and other company");
        }
    }
}

/// The documents of a name, first published first, with the words of the roles that each gives.
fn described(facts: &CanonicalFacts, node: &Known) -> Vec<(DocId, Vec<String>)> {
    let from = facts.roles.partition_point(|role| role.node < node.node);
    let roles: Vec<_> = facts.roles[from..].iter().take_while(|role| role.node == node.node).collect();
    let mut documents = node.documents.clone();
    documents.sort_by_key(|&d| (facts.documents[d as usize].published, d));
    let words_in = |document: DocId| {
        let mut all: Vec<String> = roles
            .iter()
            .filter(|role| role.document == document)
            .flat_map(|role| words(facts.text(role.role)))
            .filter(|word| !COMMON.contains(&word.as_str()))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    documents.into_iter().map(|document| (document, words_in(document))).collect()
}

/// For each document the people and bodies that it names and that not everybody names.
fn companies(known: &[Known]) -> FxHashMap<DocId, Vec<Sym>> {
    let mut company: FxHashMap<DocId, Vec<Sym>> = FxHashMap::default();
    let telling = known.iter().filter(|node| {
        matches!(node.kind.as_str(), "PERSON" | "ORG")
            && (node.linked || node.name.is_some())
            && node.documents.len() <= COMPANY_DOCUMENTS
    });
    for node in telling {
        for &document in &node.documents {
            company.entry(document).or_default().push(node.node);
        }
    }
    company
}

fn people(
    node: &Known,
    described: &[(DocId, Vec<String>)],
    company: &FxHashMap<DocId, Vec<Sym>>,
) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for (document, roles) in described {
        let beside: Vec<Sym> = company
            .get(document)
            .into_iter()
            .flatten()
            .copied()
            .filter(|&other| other != node.node)
            .collect();
        let meets = |person: &Person| beside.iter().any(|other| person.company.contains(other));
        let agrees = |person: &Person| roles.iter().any(|role| person.roles.contains(role));
        let by_evidence = people.iter().position(agrees).or_else(|| people.iter().position(meets));
        let without = || people.iter().position(|p| roles.is_empty() || p.roles.is_empty());
        match by_evidence.or_else(without) {
            Some(at) => {
                let person = &mut people[at];
                person.documents.push(*document);
                // What a person without role is told to be later counts from then on.
                for role in
                    roles.iter().filter(|role| !person.roles.contains(role)).cloned().collect::<Vec<_>>()
                {
                    person.roles.push(role);
                }
                person.company.extend(beside);
            }
            None => people.push(Person {
                key: roles.join(" "),
                roles: roles.clone(),
                company: beside,
                documents: vec![*document],
            }),
        }
    }
    people
}
