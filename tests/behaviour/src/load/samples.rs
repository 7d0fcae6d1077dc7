//! Whether a figure that goes up and down is flat in the long run.

/// The one in the middle, or none of none.
pub(crate) fn median(mut samples: Vec<f64>) -> Option<f64> {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied()
}

/// A figure at the beginning and at the end of a run, each as the median of a third of the samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Trend {
    /// In the first third.
    pub(crate) first: f64,
    /// In the last third.
    pub(crate) last: f64,
}

impl Trend {
    /// Of samples from after the warm-up. None where there are too few.
    pub(crate) fn of(samples: &[f64]) -> Option<Self> {
        let third = samples.len() / 3;
        let first = median(samples.get(..third)?.to_vec())?;
        let last = median(samples.get(samples.len() - third..)?.to_vec())?;
        Some(Self { first, last })
    }

    /// By how many hundredths the last is more than the first; negative if it is less.
    pub(crate) fn percent(self) -> f64 {
        (self.last / self.first - 1.0) * 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_in_the_middle_whatever_the_order() {
        assert_eq!(median(vec![9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(Vec::new()), None);
    }

    #[test]
    fn a_trend_is_seen_through_single_samples_that_stand_out() {
        let flat = [100.0, 100.0, 900.0, 5.0, 5.0, 5.0, 900.0, 105.0, 105.0];
        let trend = Trend::of(&flat).unwrap();
        assert_eq!(trend, Trend { first: 100.0, last: 105.0 });
        assert!((trend.percent() - 5.0).abs() < 1e-9);
        assert_eq!(Trend::of(&[1.0, 1.0]), None);
    }
}
