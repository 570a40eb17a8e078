//! Measures on nodes: degree, PageRank and community. All are deterministic: nodes are visited in their order, sums are
//! added in that order, ties go to the smaller number.

use crate::graph::{Edge, Node};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;

/// Brin and Page 1998.
const DAMPING: f64 = 0.85;
const ROUNDS: usize = 40;
/// Rounds of local moving and of folding communities into nodes; both end earlier when nothing changes.
const MOVES: usize = 20;
const LEVELS: usize = 10;

/// Neighbours with weights, of a graph without directions.
type Neighbours = Vec<Vec<(u32, f64)>>;

/// Fills in the measures of all nodes.
pub(crate) fn measure(network: &mut DiGraph<Node, Edge>) {
    let ranks = page_rank(network);
    let communities = communities(network);
    for (at, (rank, community)) in ranks.into_iter().zip(communities).enumerate() {
        let index = NodeIndex::new(at);
        let degree = network.neighbors_undirected(index).count() as u32;
        let node = &mut network[index];
        node.degree = degree;
        node.rank = rank;
        node.community = community;
    }
}

fn weight(edge: &Edge) -> f64 {
    f64::from(edge.weight.max(1))
}

fn page_rank(network: &DiGraph<Node, Edge>) -> Vec<f64> {
    let count = network.node_count();
    let share = 1.0 / count.max(1) as f64;
    let mut out = vec![0.0; count];
    let edges: Vec<(usize, usize, f64)> = network
        .edge_references()
        .map(|edge| (edge.source().index(), edge.target().index(), weight(edge.weight())))
        .collect();
    for &(source, _, weight) in &edges {
        out[source] += weight;
    }
    let mut ranks = vec![share; count];
    for _ in 0..ROUNDS {
        let idle: f64 = ranks.iter().zip(&out).filter(|(_, out)| **out == 0.0).map(|(rank, _)| rank).sum();
        let mut next = vec![(1.0 - DAMPING) * share + DAMPING * idle * share; count];
        for &(source, target, weight) in &edges {
            next[target] += DAMPING * ranks[source] * weight / out[source];
        }
        ranks = next;
    }
    ranks
}

/// For each node the first node of its community, by the Louvain method (Blondel and others 2008).
fn communities(network: &DiGraph<Node, Edge>) -> Vec<u32> {
    let mut graph: Neighbours = vec![Vec::new(); network.node_count()];
    for edge in network.edge_references() {
        let (source, target) = (edge.source().index(), edge.target().index());
        graph[source].push((target as u32, weight(edge.weight())));
        graph[target].push((source as u32, weight(edge.weight())));
    }
    let mut member: Vec<u32> = (0..graph.len() as u32).collect();
    for _ in 0..LEVELS {
        let moved = local_moves(&graph);
        let (numbers, count) = renumbered(&moved);
        for community in &mut member {
            *community = numbers[moved[*community as usize] as usize];
        }
        if count == graph.len() {
            break;
        }
        let of_node: Vec<u32> = moved.iter().map(|&community| numbers[community as usize]).collect();
        graph = folded(&graph, &of_node, count);
    }
    let mut first = vec![u32::MAX; graph.len().max(member.len())];
    for (node, &community) in member.iter().enumerate() {
        first[community as usize] = first[community as usize].min(node as u32);
    }
    member.into_iter().map(|community| first[community as usize]).collect()
}

/// Moves each node to the neighbouring community that gains most modularity, until none gains.
fn local_moves(graph: &Neighbours) -> Vec<u32> {
    let degree: Vec<f64> = graph.iter().map(|edges| edges.iter().map(|(_, w)| w).sum()).collect();
    let total: f64 = degree.iter().sum::<f64>().max(1.0);
    let mut community: Vec<u32> = (0..graph.len() as u32).collect();
    let mut sums = degree.clone();
    let mut links = vec![0.0_f64; graph.len()];
    for _ in 0..MOVES {
        let mut changed = false;
        for (node, edges) in graph.iter().enumerate() {
            let own = community[node];
            let mut near: Vec<u32> = vec![own];
            for &(other, weight) in edges.iter().filter(|(other, _)| *other as usize != node) {
                let there = community[other as usize];
                links[there as usize] += weight;
                near.push(there);
            }
            near.sort_unstable();
            near.dedup();
            sums[own as usize] -= degree[node];
            let gain = |c: u32| links[c as usize] - sums[c as usize] * degree[node] / total;
            let mut best = own;
            for &candidate in &near {
                if gain(candidate) > gain(best) + 1e-12 {
                    best = candidate;
                }
            }
            sums[best as usize] += degree[node];
            changed |= best != own;
            community[node] = best;
            for &c in &near {
                links[c as usize] = 0.0;
            }
        }
        if !changed {
            break;
        }
    }
    community
}

/// New numbers for the communities in use, from 0 in order, and how many there are.
fn renumbered(community: &[u32]) -> (Vec<u32>, usize) {
    let mut used: Vec<u32> = community.to_vec();
    used.sort_unstable();
    used.dedup();
    let mut numbers = vec![0; community.len()];
    for (number, &community) in used.iter().enumerate() {
        numbers[community as usize] = number as u32;
    }
    (numbers, used.len())
}

/// The graph whose nodes are the communities.
fn folded(graph: &Neighbours, of_node: &[u32], count: usize) -> Neighbours {
    let mut folded: Neighbours = vec![Vec::new(); count];
    for (node, edges) in graph.iter().enumerate() {
        let targets = edges.iter().map(|&(other, weight)| (of_node[other as usize], weight));
        folded[of_node[node] as usize].extend(targets);
    }
    for edges in &mut folded {
        edges.sort_by_key(|edge| edge.0);
        let merged =
            edges.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, same.iter().map(|e| e.1).sum()));
        *edges = merged.collect();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(edges: &[(u32, u32)]) -> DiGraph<Node, Edge> {
        let count = edges.iter().flat_map(|&(a, b)| [a, b]).max().map_or(0, |max| max + 1);
        let mut network = DiGraph::new();
        for number in 0..count {
            network.add_node(Node { id: format!("n{number}"), ..Node::default() });
        }
        for &(a, b) in edges {
            network.add_edge(
                NodeIndex::new(a as usize),
                NodeIndex::new(b as usize),
                Edge { weight: 1, ..Edge::default() },
            );
        }
        network
    }

    #[test]
    fn two_cliques_with_a_bridge_are_two_communities() {
        let network = network(&[(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)]);
        assert_eq!(communities(&network), [0, 0, 0, 3, 3, 3]);
    }

    #[test]
    fn ranks_sum_to_one_and_grow_with_what_points_there() {
        let mut network = network(&[(0, 2), (1, 2), (2, 3)]);
        let ranks = page_rank(&network);
        assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(ranks[2] > ranks[0] && ranks[3] > ranks[0]);
        measure(&mut network);
        assert_eq!(network[NodeIndex::new(2)].degree, 3);
    }

    #[test]
    fn nothing_has_no_measures() {
        measure(&mut DiGraph::new());
    }
}
