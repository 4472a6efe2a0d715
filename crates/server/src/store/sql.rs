//! SQL put together from our own pieces, with every value that came from a person as a bind.

use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, FromRow, SqliteConnection};

/// A value to bind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Text.
    Text(String),
    /// A number.
    Int(i64),
    /// Bytes.
    Blob(Vec<u8>),
    /// Nothing.
    Null,
}

impl From<Option<i64>> for Arg {
    fn from(n: Option<i64>) -> Self {
        n.map_or(Self::Null, Self::Int)
    }
}

impl From<i64> for Arg {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A piece of SQL and its binds, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sql {
    text: String,
    args: Vec<Arg>,
    once: bool,
}

impl Sql {
    /// A piece without binds. Only text of the program: the type keeps values out.
    pub fn new(text: &'static str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// Says that it is long and will not come again just so: the connection does not keep it prepared.
    pub fn once(&mut self) -> &mut Self {
        self.once = true;
        self
    }

    /// Adds text of the program.
    pub fn push(&mut self, text: &'static str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a bind.
    pub fn bind(&mut self, arg: impl Into<Arg>) -> &mut Self {
        self.text.push('?');
        self.args.push(arg.into());
        self
    }

    /// Adds a parenthesised list of binds, for `IN`.
    pub fn bind_list<A: Into<Arg>>(&mut self, args: impl IntoIterator<Item = A>) -> &mut Self {
        self.push("(");
        for (i, arg) in args.into_iter().enumerate() {
            if i > 0 {
                self.push(",");
            }
            self.bind(arg);
        }
        self.push(")")
    }

    /// Adds a piece.
    pub fn sql(&mut self, piece: &Self) -> &mut Self {
        self.text.push_str(&piece.text);
        self.args.extend_from_slice(&piece.args);
        self
    }

    /// Adds ` AND (piece)`.
    pub fn and(&mut self, piece: &Self) -> &mut Self {
        self.push(" AND (").sql(piece).push(")")
    }

    /// Pieces of which one must hold. None of none.
    pub fn any(pieces: &[Self]) -> Self {
        let mut all = Self::default();
        for (i, piece) in pieces.iter().enumerate() {
            all.push(if i > 0 { " OR (" } else { "(" }).sql(piece).push(")");
        }
        if pieces.is_empty() { Self::new("0") } else { all }
    }

    /// The piece turned round; what is unknown counts as not holding.
    pub fn negated(&self) -> Self {
        let mut not = Self::new("NOT COALESCE((");
        not.sql(self).push("), 0)");
        not
    }

    fn arguments(&self) -> Result<SqliteArguments, sqlx::Error> {
        let mut arguments = SqliteArguments::default();
        for arg in &self.args {
            match arg {
                Arg::Text(text) => arguments.add(text.clone()),
                Arg::Int(n) => arguments.add(*n),
                Arg::Blob(bytes) => arguments.add(bytes.clone()),
                Arg::Null => arguments.add(None::<i64>),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        Ok(arguments)
    }

    /// All rows.
    pub async fn fetch_all<R>(&self, conn: &mut SqliteConnection) -> Result<Vec<R>, sqlx::Error>
    where
        R: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let arguments = self.arguments()?;
        sqlx::query_as_with(AssertSqlSafe(self.text.clone()), arguments).persistent(!self.once).fetch_all(conn).await
    }

    /// All rows as they are, for columns too long to be copied.
    pub async fn fetch_rows(&self, conn: &mut SqliteConnection) -> Result<Vec<SqliteRow>, sqlx::Error> {
        let arguments = self.arguments()?;
        sqlx::query_with(AssertSqlSafe(self.text.clone()), arguments).persistent(!self.once).fetch_all(conn).await
    }

    /// One row, or none.
    pub async fn fetch_optional<R>(&self, conn: &mut SqliteConnection) -> Result<Option<R>, sqlx::Error>
    where
        R: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let arguments = self.arguments()?;
        sqlx::query_as_with(AssertSqlSafe(self.text.clone()), arguments)
            .persistent(!self.once)
            .fetch_optional(conn)
            .await
    }

    /// One number.
    pub async fn fetch_i64(&self, conn: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
        let arguments = self.arguments()?;
        sqlx::query_scalar_with(AssertSqlSafe(self.text.clone()), arguments)
            .persistent(!self.once)
            .fetch_one(conn)
            .await
    }

    /// Runs it; answers how many rows it touched.
    pub async fn execute(&self, conn: &mut SqliteConnection) -> Result<u64, sqlx::Error> {
        let arguments = self.arguments()?;
        let done =
            sqlx::query_with(AssertSqlSafe(self.text.clone()), arguments).persistent(!self.once).execute(conn).await?;
        Ok(done.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_never_part_of_the_text() {
        let mut test = Sql::new("a = ");
        test.bind("' OR 1 --");
        let mut all = Sql::new("SELECT 1 WHERE b IN ");
        all.bind_list([1, 2]).and(&test.negated());
        assert_eq!(all.text, "SELECT 1 WHERE b IN (?,?) AND (NOT COALESCE((a = ?), 0))");
        assert_eq!(all.args, vec![Arg::Int(1), Arg::Int(2), Arg::Text("' OR 1 --".into())]);
        assert_eq!(Sql::any(&[]).text, "0");
    }
}
