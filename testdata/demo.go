// Package testdata holds the demo archive for the program itself: one organization and
// one month, all of it invented. testdata/gen writes the archive.
package testdata

import "embed"

// Demo has the archive in the folder demo. Its files are compressed, as CloudTrail
// delivers them.
//
//go:embed demo/AWSLogs
var Demo embed.FS
