//! `graph.db`: document records and the graph made of them, in one SQLite file.
//!
//! The state is the set of records; every other table is a function of it and is written anew, in one transaction,
//! whenever a graph is written. So adding documents to a database gives the same graph as reading all at once, and
//! databases made elsewhere are merged by uniting their records. The schema is explained in `docs/database.md`.

mod ask;
mod write;

use std::ops::ControlFlow;
use std::path::Path;

use newsgraph_record::RecordError;
use rusqlite::{Connection, OpenFlags, params};

pub use ask::{Answer, Question};

/// Marks the file as ours: "NewG".
const APPLICATION_ID: i32 = 0x4e65_7747;
/// Of the schema; a file of another version is not read.
const VERSION: i32 = 2;

/// What makes the indices of the graph's tables.
const INDICES: &str = include_str!("indices.sql");

/// Records that one transaction writes.
const BATCH: usize = 2_000;

/// Why a database could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// SQLite says no.
    #[error("the database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A database, but of something else or of another version.
    #[error("not a graph.db of this version (application {application:#x}, version {version})")]
    Foreign {
        /// The application that the file belongs to.
        application: i32,
        /// The version of its schema.
        version: i32,
    },
    /// A record in it cannot be read.
    #[error("the database holds a damaged record: {0}")]
    Record(#[from] RecordError),
    /// A question names nobody in the graph.
    #[error("nothing in the graph is called {0:?}")]
    Unknown(String),
}

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    waiting: Vec<String>,
}

impl Store {
    /// A new database in an empty or missing file. It is fast rather than safe until [`Store::finish`]: meant for a
    /// temporary file that is renamed when whole.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32768;",
        )?;
        lay_out(&connection)?;
        Ok(Self { connection, waiting: Vec::new() })
    }

    /// The database of an earlier run, to be added to; a new one where there is none. Every transaction is whole or
    /// absent, whatever happens.
    ///
    /// # Errors
    /// When the file cannot be written, or is none of ours.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if path.exists() {
            return Self::checked(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?);
        }
        let mut connection = Connection::open(path)?;
        let transaction = connection.transaction()?;
        lay_out(&transaction)?;
        transaction.commit()?;
        Ok(Self { connection, waiting: Vec::new() })
    }

    /// The database of an earlier run, to be asked.
    ///
    /// # Errors
    /// When the file is missing, or is none of ours.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        Self::checked(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?)
    }

    fn checked(connection: Connection) -> Result<Self, StoreError> {
        let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let (application, version) = (number("application_id")?, number("user_version")?);
        if (application, version) != (APPLICATION_ID, VERSION) {
            return Err(StoreError::Foreign { application, version });
        }
        Ok(Self { connection, waiting: Vec::new() })
    }

    /// Adds a record, given as its line of JSON. The same record counts once. Written in batches of one transaction.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn add(&mut self, line: &str) -> Result<(), StoreError> {
        self.waiting.push(line.to_owned());
        if self.waiting.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    /// Writes the records that wait.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        let lines = std::mem::take(&mut self.waiting);
        let transaction = self.connection.transaction()?;
        {
            let mut insert =
                transaction.prepare_cached("INSERT OR IGNORE INTO records (hash, record) VALUES (?1, ?2)")?;
            for line in lines {
                insert.execute(params![fingerprint(&line), line])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// Adds all records of another database.
    ///
    /// # Errors
    /// When one of them cannot be read or the other written.
    pub fn absorb(&mut self, other: &Self) -> Result<(), StoreError> {
        let mut lines = other.connection.prepare("SELECT record FROM records")?;
        let mut rows = lines.query([])?;
        while let Some(row) = rows.next()? {
            self.add(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
        }
        self.flush()
    }

    /// Reads all records, each as its line of JSON, until `take` wants no more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn for_each_line(&mut self, mut take: impl FnMut(&str) -> ControlFlow<()>) -> Result<(), StoreError> {
        self.flush()?;
        let mut lines = self.connection.prepare("SELECT record FROM records")?;
        let mut rows = lines.query([])?;
        while let Some(row) = rows.next()? {
            if take(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// A setting that is kept with the records.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut found = self.connection.prepare("SELECT value FROM meta WHERE key = ?1")?;
        let mut rows = found.query([key])?;
        Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
    }

    /// Keeps a setting with the records.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?1, ?2)", [key, value])?;
        Ok(())
    }

    /// Ends the work on a database made by [`Store::create`].
    ///
    /// # Errors
    /// When the last of it cannot be written.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.flush()?;
        self.connection.close().map_err(|(_, error)| error.into())
    }
}

fn lay_out(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(include_str!("schema.sql"))?;
    connection.execute_batch(INDICES)?;
    connection.execute_batch("INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('hashsize', 16777216)")?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// Tells records apart: XXH3 in 128 bits (Collet).
fn fingerprint(line: &str) -> [u8; 16] {
    xxhash_rust::xxh3::xxh3_128(line.as_bytes()).to_be_bytes()
}
