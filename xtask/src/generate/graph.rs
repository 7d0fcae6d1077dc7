//! The cycles and the strongly connected components of a directed graph, in time that grows with its edges and without recursion.

/// The cycle that each edge closes: its nodes, with the first again at the end. A cycle is found once.
pub(super) fn cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        OnThePath,
        Done,
    }
    let mut states = vec![State::New; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        // Each node of the path, with how many of its edges have been followed.
        let mut path = vec![(start, 0)];
        if states.get(start) != Some(&State::New) {
            continue;
        }
        while let Some((node, followed)) = path.last_mut() {
            let (node, next) = (*node, edges.get(*node).and_then(|edges| edges.get(*followed)).copied());
            *followed += 1;
            if let Some(state) = states.get_mut(node) {
                *state = if next.is_some() { State::OnThePath } else { State::Done };
            }
            let Some(next) = next else {
                path.pop();
                continue;
            };
            match states.get(next) {
                Some(State::New) => path.push((next, 0)),
                Some(State::OnThePath) => {
                    let nodes = path.iter().map(|(node, _)| *node).skip_while(|node| *node != next);
                    found.push(nodes.chain([next]).collect());
                }
                _ => {}
            }
        }
    }
    found
}

/// The strongly connected component of each node, named by one of its nodes. (Kosaraju's algorithm.)
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, to) in edges.iter().enumerate().flat_map(|(from, to)| to.iter().map(move |to| (from, *to))) {
        if let Some(reversed) = reversed.get_mut(to) {
            reversed.push(from);
        }
    }
    let mut components = vec![usize::MAX; edges.len()];
    for start in finishing_order(edges).into_iter().rev() {
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            if let Some(component) = components.get_mut(node).filter(|component| **component == usize::MAX) {
                *component = start;
                open.extend(reversed.get(node).into_iter().flatten());
            }
        }
    }
    components
}

/// The nodes in the order in which a depth-first search finishes them.
fn finishing_order(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut is_seen = vec![false; edges.len()];
    let mut order = Vec::new();
    for start in 0..edges.len() {
        let mut path = vec![(start, 0)];
        if is_seen.get_mut(start).is_none_or(|seen| std::mem::replace(seen, true)) {
            continue;
        }
        while let Some((node, followed)) = path.last_mut() {
            let next = edges.get(*node).and_then(|edges| edges.get(*followed)).copied();
            *followed += 1;
            match next {
                Some(next) => {
                    if is_seen.get_mut(next).is_some_and(|seen| !std::mem::replace(seen, true)) {
                        path.push((next, 0));
                    }
                }
                None => order.extend(path.pop().map(|(node, _)| node)),
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_is_found_once_and_a_path_without_one_is_none() {
        assert_eq!(cycles(&[vec![1, 2], vec![2], vec![]]), Vec::<Vec<usize>>::new());
        assert_eq!(cycles(&[vec![1], vec![2], vec![1], vec![3]]), [vec![1, 2, 1], vec![3, 3]]);
    }

    #[test]
    fn nodes_that_reach_each_other_are_one_component() {
        let components = components(&[vec![1], vec![2], vec![1, 3], vec![]]);
        let [first, second, third, last] = components[..] else { panic!("{components:?}") };
        assert!(second == third && first != second && last != second && first != last, "{components:?}");
    }

    #[test]
    fn a_chain_of_any_length_is_followed() {
        let edges: Vec<Vec<usize>> = (0..200_000).map(|node| vec![(node + 1) % 200_000]).collect();
        assert_eq!(cycles(&edges).len(), 1);
        assert!(components(&edges).iter().all(|component| *component == 0));
    }
}
