//! Clusters and Sentinels.

use gocardless_bank_data_redis::RedisState;
use gocardless_bank_data_runtime::state::{Key, StateStore as _};
use test_support::counting::{count, key};
use test_support::free_port;

use crate::{Server, Tell as _, patient};

/// A node of a cluster.
fn node() -> Option<Server> {
    Server::start_with(&["--cluster-enabled", "yes", "--cluster-port", &free_port().to_string()])
}

/// The port that a node's neighbours use.
fn bus(node: &Server) -> String {
    node.command::<Vec<String>>("CONFIG GET cluster-port")[1].clone()
}

#[tokio::test]
async fn a_cluster_keeps_the_records_of_an_owner_together() {
    let (Some(first), Some(second)) = (node(), node()) else { return };
    first.command::<()>("CLUSTER ADDSLOTSRANGE 0 8191");
    second.command::<()>("CLUSTER ADDSLOTSRANGE 8192 16383");
    first.command::<()>(&format!("CLUSTER MEET 127.0.0.1 {} {}", second.port(), bus(&second)));
    for node in [&first, &second] {
        while !node.command::<String>("CLUSTER INFO").contains("cluster_state:ok") {}
    }
    for node in [&first, &second] {
        node.command::<()>(&format!("{} +cluster|slots", crate::secrets::RIGHTS));
    }
    let url = crate::secrets::url(&first, "bank-data:canary-pass");
    let state = patient(RedisState::cluster([url])).connect().await.unwrap();
    for owner in 0..20 {
        let keys = ["token", "account"].map(|kind| Key::new(&format!("owner-{owner}"), kind, "a"));
        for expected in 1..=2 {
            assert_eq!(count(&state, &keys).await, [expected; 2]);
        }
        for node in [&first, &second] {
            node.command::<()>("SCRIPT FLUSH");
        }
    }
    let sizes = [&first, &second].map(|node| node.command::<u32>("DBSIZE"));
    assert!(
        sizes.iter().sum::<u32>() == 40 && sizes.iter().all(|size| *size > 0 && size % 2 == 0),
        "{sizes:?}"
    );
    let strangers = [Key::new("owner-0", "a", "a"), Key::new("owner-3", "a", "a")];
    let error = state.load(&strangers).await.unwrap_err().to_string();
    assert!(error.ends_with(": the records of one call are of several owners"), "{error}");
}

#[tokio::test]
async fn when_the_master_changes_the_sentinels_name_the_new_one() {
    let (Some(mut master), Some(replica)) = (Server::start(), Server::start()) else { return };
    replica.command::<()>(&format!("REPLICAOF 127.0.0.1 {}", master.port()));
    while !replica.command::<String>("INFO replication").contains("master_link_status:up") {}
    let Some(sentinel) = Server::start_sentinel(master.port()) else { return };
    let connect = |name: &str| {
        let node = format!("redis://{name}");
        patient(RedisState::sentinel([sentinel.url()], &node)).connect()
    };
    let state = connect("mymaster").await.unwrap();
    assert_eq!(count(&state, &[key("a")]).await, [1]);
    assert_eq!(master.command::<u32>("DBSIZE"), 1);
    let unknown = connect("other").await.unwrap_err().to_string();
    assert_eq!(unknown, "redis master other: no Sentinel knows a master of this name");
    // What a failover ends with, without its waiting: the old master refuses writes from then on.
    replica.command::<()>("REPLICAOF NO ONE");
    sentinel.command::<()>("SENTINEL REMOVE mymaster");
    sentinel.command::<()>(&format!("SENTINEL MONITOR mymaster 127.0.0.1 {} 1", replica.port()));
    master.command::<()>(&format!("REPLICAOF 127.0.0.1 {}", replica.port()));
    assert_eq!(count(&state, &[key("b")]).await, [1]);
    master.kill();
    assert_eq!(count(&state, &[key("b")]).await, [2]);
    assert!(replica.command::<u32>("DBSIZE") >= 1);
}
