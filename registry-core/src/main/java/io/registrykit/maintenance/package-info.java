/**
 * What a registry needs now and then: collecting garbage and ending uploads that nobody finishes.
 * Everything runs while people push and pull, on the thread of the caller, which owns the schedule.
 */
@NullMarked
package io.registrykit.maintenance;

import org.jspecify.annotations.NullMarked;
