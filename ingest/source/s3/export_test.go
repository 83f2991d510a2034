package s3

import "time"

// SetStall changes how long requests may make no progress from now on.
func SetStall(c *Client, stall time.Duration) { c.opts.Stall = stall }
