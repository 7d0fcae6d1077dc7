//! What the client knows about an operation: its name, its method and path, and how costly it is to repeat.

use std::fmt;

/// How costly and how safe it is to repeat an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OperationClass {
    /// The data of an account, such as its balances: four successful calls a day for each kind.
    MeteredRead,
    /// Every other read.
    PlainRead,
    /// Creates something: sending it twice may create two.
    Write,
    /// Changes something; sending it twice changes nothing further.
    IdempotentWrite,
    /// Obtains or refreshes a token; needs no token itself.
    Token,
}

/// One operation of the contract. The generated crate has a constant for each.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
// A pointer, because a call keeps it in many places.
pub struct Operation(&'static Declared);

/// The id, the method, the path and the class.
type Declared = (&'static str, &'static str, &'static str, OperationClass);

impl Operation {
    /// The operation with this id, method, path and class; the generated crate calls this with what the contract says.
    #[must_use]
    pub const fn new(declared: &'static Declared) -> Self {
        Self(declared)
    }

    /// The stable name, such as `get_account_balances`. It does not change when the vendor renames the operation.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.0.0
    }

    /// The HTTP method, in capitals.
    #[must_use]
    pub const fn method(&self) -> &'static str {
        self.0.1
    }

    /// The path as the contract has it, with `{id}` where an id goes and a slash at its end.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.0.2
    }

    /// How costly and how safe it is to repeat.
    #[must_use]
    pub const fn class(&self) -> OperationClass {
        self.0.3
    }

    /// The name in words for a sentence: `get account balances`.
    #[must_use]
    pub fn words(&self) -> String {
        self.id().replace('_', " ")
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("id", &self.id())
            .field("method", &self.method())
            .field("path", &self.path())
            .field("class", &self.class())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_has_a_name_a_path_and_a_class() {
        let operation =
            Operation::new(&("get_account", "GET", "/api/v2/accounts/{id}/", OperationClass::PlainRead));
        assert_eq!((operation.id(), operation.words()), ("get_account", "get account".to_owned()));
        assert_eq!((operation.method(), operation.path()), ("GET", "/api/v2/accounts/{id}/"));
        assert_eq!(operation.class(), OperationClass::PlainRead);
    }
}
