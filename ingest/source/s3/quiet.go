package s3

import (
	"io"
	"log"
)

// quiet keeps the HTTP client of the standard library from writing to standard
// error, such as "Unsolicited response received on idle HTTP channel" and what the
// server sent. The client has no logger of its own. It uses the default logger,
// which nothing else in this program uses.
func quiet() { log.SetOutput(io.Discard) }
