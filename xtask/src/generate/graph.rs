//! What leads back to itself in a directed graph, in time that grows with its edges and without recursion.

/// Each edge that closes a round, as the way round: the first node again at its end. A round is found once.
pub(super) fn rounds(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        OnTheWay,
        Done,
    }
    let mut states = vec![State::New; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        // Each node of the way, with how many of its edges have been followed.
        let mut way = vec![(start, 0)];
        if states.get(start) != Some(&State::New) {
            continue;
        }
        while let Some((node, followed)) = way.last_mut() {
            let (node, next) = (*node, edges.get(*node).and_then(|edges| edges.get(*followed)).copied());
            *followed += 1;
            if let Some(state) = states.get_mut(node) {
                *state = if next.is_some() { State::OnTheWay } else { State::Done };
            }
            let Some(next) = next else {
                way.pop();
                continue;
            };
            match states.get(next) {
                Some(State::New) => way.push((next, 0)),
                Some(State::OnTheWay) => {
                    let nodes = way.iter().map(|(node, _)| *node).skip_while(|node| *node != next);
                    found.push(nodes.chain([next]).collect());
                }
                _ => {}
            }
        }
    }
    found
}

/// The group of each node: two nodes of one group lead to each other. (Kosaraju's algorithm.)
pub(super) fn groups(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut back = vec![Vec::new(); edges.len()];
    for (from, to) in edges.iter().enumerate().flat_map(|(from, to)| to.iter().map(move |to| (from, *to))) {
        if let Some(back) = back.get_mut(to) {
            back.push(from);
        }
    }
    let order = left_in_order(edges);
    let mut groups = vec![usize::MAX; edges.len()];
    for start in order.into_iter().rev() {
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            if let Some(group) = groups.get_mut(node).filter(|group| **group == usize::MAX) {
                *group = start;
                open.extend(back.get(node).into_iter().flatten());
            }
        }
    }
    groups
}

/// The nodes in the order in which a search in depth leaves them.
fn left_in_order(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut is_seen = vec![false; edges.len()];
    let mut order = Vec::new();
    for start in 0..edges.len() {
        let mut way = vec![(start, 0)];
        if is_seen.get_mut(start).is_none_or(|seen| std::mem::replace(seen, true)) {
            continue;
        }
        while let Some((node, followed)) = way.last_mut() {
            let next = edges.get(*node).and_then(|edges| edges.get(*followed)).copied();
            *followed += 1;
            match next {
                Some(next) => {
                    if is_seen.get_mut(next).is_some_and(|seen| !std::mem::replace(seen, true)) {
                        way.push((next, 0));
                    }
                }
                None => order.extend(way.pop().map(|(node, _)| node)),
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_is_found_once_and_a_way_without_one_is_none() {
        assert_eq!(rounds(&[vec![1, 2], vec![2], vec![]]), Vec::<Vec<usize>>::new());
        assert_eq!(rounds(&[vec![1], vec![2], vec![1], vec![3]]), [vec![1, 2, 1], vec![3, 3]]);
    }

    #[test]
    fn nodes_that_lead_to_each_other_are_one_group() {
        let groups = groups(&[vec![1], vec![2], vec![1, 3], vec![]]);
        assert_eq!(groups[1], groups[2]);
        assert!(groups[0] != groups[1] && groups[3] != groups[1] && groups[0] != groups[3], "{groups:?}");
    }

    #[test]
    fn a_chain_of_any_length_is_followed() {
        let edges: Vec<Vec<usize>> = (0..200_000).map(|node| vec![(node + 1) % 200_000]).collect();
        assert_eq!(rounds(&edges).len(), 1);
        assert!(groups(&edges).iter().all(|group| *group == 0));
    }
}
