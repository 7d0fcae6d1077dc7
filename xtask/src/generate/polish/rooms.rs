//! The generator's one file, taken apart into the modules that the crate has.

use syn::Item;

/// The items of each module, as the generator made them.
#[derive(Default)]
pub(crate) struct Rooms {
    /// `Client` and what is implemented for it.
    pub(crate) client: Vec<Item>,
    /// Parameters and answers.
    pub(crate) types: Vec<Item>,
    /// One builder for each operation.
    pub(crate) builder: Vec<Item>,
}

impl Rooms {
    /// Sorts the generator's items; imports and its prelude are written anew by whoever writes the files.
    pub(crate) fn take_apart(file: syn::File) -> Self {
        let mut rooms = Self::default();
        for item in file.items {
            match item {
                Item::Use(_) => {}
                Item::Mod(module) => {
                    let name = module.ident.to_string();
                    let items = module.content.map(|(_, items)| items).unwrap_or_default();
                    match name.as_str() {
                        "types" => rooms.types = items,
                        "builder" => rooms.builder = items,
                        _ => {}
                    }
                }
                other => rooms.client.push(other),
            }
        }
        rooms
    }
}

/// The items of the module `name` among `items`.
pub(crate) fn module_mut<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Vec<Item>> {
    items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => module.content.as_mut().map(|(_, items)| items),
        _ => None,
    })
}
