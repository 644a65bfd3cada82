import { servePack } from "../../engine/pack-host";
import { rules } from "../../rules";

servePack("meridian-baseline", "The rules that every Meridian environment keeps", rules);
