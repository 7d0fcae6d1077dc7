//! JSON schemas of the value types: each is described as the plain JSON it is written as.

/// Implements `JsonSchema` for a type that is written as another type would be.
macro_rules! schema_as {
    ($type:ty, $written_as:ty, $name:expr) => {
        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                <$written_as as schemars::JsonSchema>::json_schema(generator)
            }
        }
    };
}

pub(crate) use schema_as;
