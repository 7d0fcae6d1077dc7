//! The institution operations.

use serde_json::Value;

use super::Call;
use crate::answer::{Answer, Outcome, about};
use crate::body::{is_false, is_true};
use crate::data::{COUNTRIES, Institution, catalogue, find};
use crate::fault::Preset;
use crate::state::State;

/// `GET /institutions/`; all parameters but `country` ask for a feature of the same name.
pub(crate) fn list(call: &Call<'_>, state: &State) -> Outcome {
    let sent = call.query.iter().map(|parameter| parameter.0.as_str());
    super::refuse_unknown(sent, &call.operation.query())?;
    let mut wanted: Vec<&Institution> = catalogue().iter().collect();
    for (name, value) in call.query.iter().filter(|parameter| !parameter.1.is_empty()) {
        if name == "country" {
            let country = value.to_ascii_uppercase();
            if !COUNTRIES.contains(&country.as_str()) {
                let detail = format!("{value} is not a valid choice. Choices: {}", COUNTRIES.join(", "));
                return Err(Answer::field(400, "country", &about("Invalid country choice.", &detail)));
            }
            wanted.retain(|institution| institution.countries.contains(&country));
        } else if is_true(value) || is_false(value) {
            let feature = name.strip_suffix("_supported").unwrap_or(name);
            wanted.retain(|institution| institution.has(feature) == is_true(value));
        } else {
            let detail = format!("{name} must be true or false, not {value}");
            return Err(Answer::error(400, "Invalid value", &detail));
        }
    }
    Ok(Answer::json(200, Value::Array(wanted.into_iter().map(|it| view(it, state)).collect())))
}

/// `GET /institutions/{id}/`
pub(crate) fn retrieve(call: &Call<'_>, state: &State) -> Outcome {
    let institution = find(call.id).ok_or_else(|| call.refuse(Preset::NotFound))?;
    Ok(Answer::json(200, view(institution, state)))
}

fn view(institution: &Institution, state: &State) -> Value {
    institution.view(state.people.profile(&institution.id).access_days)
}
