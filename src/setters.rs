//! Setters that can be chained, of options whose fields are public and whose struct can't be built from outside.

/// `with_field(field: T)` for each field. A setter of an `Option` takes what is in it. The words and the unit are those of the field.
macro_rules! setters {
    (@value $field:ident) => { $field.into() };
    (@value $field:ident $value:expr) => { $value };
    ($of:ident $(<$life:lifetime>)? {
        $($setter:ident($field:ident: $given:ty) $(=> $value:expr)?;)+
    }) => {
        impl $(<$life>)? $of $(<$life>)? {
            $(
                #[doc = concat!("Sets [`", stringify!($field), "`](field@Self::", stringify!($field), ").")]
                #[must_use]
                pub fn $setter(mut self, $field: $given) -> Self {
                    self.$field = $crate::setters::setters!(@value $field $($value)?);
                    self
                }
            )+
        }
    };
}

pub(crate) use setters;
