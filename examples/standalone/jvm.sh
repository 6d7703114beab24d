# Which JVM starts registry.jar, and with which options; sourced by `registry` and `train`. JAVA_HOME chooses the JDK.
# Why these options: docs/decisions/0061-options-of-the-jvm.md.
target=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/target
jar=$target/registry.jar
[ -f "$jar" ] || { echo "build it first: mvn -q -pl examples/standalone -am package -DskipTests" >&2; exit 2; }
java=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java") || { echo "there is no java" >&2; exit 2; }
feature=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$(dirname "$(readlink -f "$java")")/../release" 2>/dev/null || true)
options=()
case ${JAVA_OPTS:-} in *-XX:+Use*GC*) ;; *) options+=(-XX:+UseSerialGC) ;; esac

# What a run taught one JDK about one jar; another JDK must not be asked to read it.
cache=$target/registry-${feature:-unknown}.cache
if [ "${feature:-0}" -ge 25 ]; then
  learn=-XX:AOTCacheOutput=$cache use=-XX:AOTCache=$cache
else
  learn=-XX:ArchiveClassesAtExit=$cache use=-XX:SharedArchiveFile=$cache
fi
