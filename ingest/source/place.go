package source

import (
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// Place is whose trail an object belongs to, and the Region that it is about.
type Place struct{ Account, Region string }

// placed is a trail file's own name, ACCOUNT_CloudTrail_REGION_TIME_UNIQUE. The
// files of network activity are of a trail of their own.
var placed = regexp.MustCompile(`^(\d{12})_CloudTrail_([a-z0-9-]+)_(\d{8})T\d{4}Z_`)

// placedFolder is where a trail file lies that somebody renamed.
var placedFolder = regexp.MustCompile(`(?:^|/)(\d{12})/CloudTrail/([a-z0-9-]+)/(\d{4}/\d{2}/\d{2})$`)

// PlaceOf returns whose trail an object belongs to and the UTC day of its
// delivery, as far as its name tells.
func PlaceOf(name string) (p Place, day time.Time, ok bool) {
	name = filepath.ToSlash(name)
	slash := strings.LastIndexByte(name, '/')
	m, layout := placed.FindStringSubmatch(name[slash+1:]), "20060102"
	if m == nil {
		m, layout = placedFolder.FindStringSubmatch(name[:max(slash, 0)]), "2006/01/02"
	}
	if m == nil {
		return Place{}, time.Time{}, false
	}
	day, err := time.Parse(layout, m[3])
	return Place{m[1], m[2]}, day, err == nil
}
