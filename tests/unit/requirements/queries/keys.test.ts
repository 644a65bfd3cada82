import { keyQueries } from "../../../../requirements/queries/keys";
import { kmsKey, resource, withInput } from "../../../support/resources";
import { describeTopic } from "./asking";

const key = kmsKey();
const other = kmsKey("logs");
const external = resource("aws:kms/externalKey:ExternalKey", "brought", {});

describeTopic("key queries", keyQueries, {
	"FR-SEC-1/key-rotation": {
		served: [key, other],
		found: "2 of 2 keys rotate",
		broken: [key, withInput(other, "enableKeyRotation", false)],
		instead: "1 of 2 keys rotate",
	},
	"SV-SEC-1/hsm-aws": {
		served: [key, other],
		found: "2 of 2 KMS keys made and held in HSMs",
		broken: [key, withInput(other, "xksKeyId", "0123"), external],
		instead: "1 of 3 KMS keys made and held in HSMs",
	},
});
