// Package dataevent recognizes the data events of S3: the requests for objects. A
// trail logs them only if its event selectors ask for them. A trail without them says nothing about who was
// denied an object.
package dataevent

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// names are those of S3's data events in CloudTrail:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html#cloudtrail-data-events
var names = map[string]bool{
	"AbortMultipartUpload": true, "CompleteMultipartUpload": true, "CopyObject": true, "CreateMultipartUpload": true,
	"CreateSession": true, "DeleteObject": true, "DeleteObjectAnnotation": true, "DeleteObjects": true,
	"DeleteObjectTagging": true, "GetObject": true, "GetObjectAcl": true, "GetObjectAnnotation": true,
	"GetObjectAttributes": true, "GetObjectLegalHold": true, "GetObjectRetention": true, "GetObjectTagging": true,
	"GetObjectTorrent": true, "HeadBucket": true, "HeadObject": true, "ListObjectAnnotations": true,
	"ListObjects": true, "ListObjectsV2": true, "ListObjectVersions": true, "ListParts": true, "Presign": true,
	"PutObject": true, "PutObjectAcl": true, "PutObjectAnnotation": true, "PutObjectLegalHold": true,
	"PutObjectRetention": true, "PutObjectTagging": true, "RestoreObject": true, "SelectObjectContent": true,
	"UpdateObjectEncryption": true, "UploadPart": true, "UploadPartCopy": true, "WriteGetObjectResponse": true,
}

// Named says whether the name of a call may be that of a data event. A name that AWS
// adds later probably has the word Object in it.
func Named(name []byte) bool { return names[string(name)] || bytes.Contains(name, []byte("Object")) }

// Is says whether a record is a data event of S3 objects. Records since version 1.07
// have a category, and those since 1.06 say whether they are management events. Of
// older ones the name tells. Network activity events have the same names.
func Is(record []byte) bool {
	var source, name, category, management, kind string
	for key, value := range scan.Members(record) {
		switch string(key) {
		case "eventSource":
			source = field.Text(value)
		case "eventName":
			name = field.Text(value)
		case "eventCategory":
			category = field.Text(value)
		case "managementEvent":
			management = strings.Trim(string(value[:min(len(value), len(`"false"`))]), `"`)
		case "eventType":
			kind = field.Text(value)
		}
	}
	switch {
	case !hasObjects(source), strings.HasPrefix(kind, "AwsVpceEvent"):
		return false
	case category != "":
		return category == "Data"
	case management != "":
		return management == "false"
	}
	return names[name]
}

// hasObjects says whether an event source is one of the S3 family that stores
// objects. S3 Tables and S3 Vectors have data events of their own, which say nothing
// about objects.
func hasObjects(source string) bool {
	service, domain, _ := strings.Cut(source, ".")
	return strings.HasPrefix(domain, "amazonaws.") && strings.HasPrefix(service, "s3") &&
		service != "s3tables" && service != "s3vectors"
}

// Names returns the names of the known data events, sorted.
func Names() []string { return slices.Sorted(maps.Keys(names)) }
