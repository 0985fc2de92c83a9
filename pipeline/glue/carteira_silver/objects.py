"""Objects of the lake through Hadoop's file systems, which are the same to the job on S3 and on a disk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyspark.sql import DataFrame, SparkSession

_WRITE_OPTIONS = {
    "compression": "zstd",
    # Whoever lists a folder finds the files of the table and nothing else.
    "mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}


class Objects:
    """Everything under a root. Keys have no leading slash."""

    def __init__(self, spark: SparkSession, root: str, scratch: str) -> None:
        """`scratch` is the key of a folder of this run's own."""
        self._jvm: Any = spark._jvm
        self._conf: Any = spark._jsc.hadoopConfiguration()
        self._root = root.rstrip("/")
        self._scratch = scratch
        self._fs = self._path("").getFileSystem(self._conf)
        # Hadoop would put a hidden file of checksums beside each object on a disk.
        self._fs.setWriteChecksum(False)
        self._fs.setVerifyChecksum(False)

    def uri(self, key: str) -> str:
        return f"{self._root}/{key}" if key else self._root

    def _path(self, key: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(self.uri(key))

    def exists(self, key: str) -> bool:
        return bool(self._fs.exists(self._path(key)))

    def remove(self, key: str) -> None:
        """Removes an object, or a folder with all that is in it; nothing where there is none."""
        self._fs.delete(self._path(key), True)

    def files_in(self, folder: str) -> list[str]:
        """Keys of the Parquet files that Spark wrote into a folder, in the order of their names."""
        names = [status.getPath().getName() for status in self._fs.listStatus(self._path(folder))]
        return sorted(f"{folder}/{name}" for name in names if name.startswith("part-"))

    def write_text(self, key: str, parts: Iterable[str]) -> None:
        """Writes UTF-8 in place of what a broken run may have left there."""
        stream = self._fs.create(self._path(key), True)
        try:
            for part in parts:
                stream.write(bytearray(part.encode("utf-8")))
        finally:
            stream.close()

    def write_folder(self, frame: DataFrame, folder: str) -> list[str]:
        """Writes a frame as Parquet in place of what is in the folder, and returns the keys of its files."""
        frame.write.mode("overwrite").options(**_WRITE_OPTIONS).parquet(self.uri(folder))
        return self.files_in(folder)

    def write_object(self, frame: DataFrame, key: str) -> None:
        """Writes a frame of one partition as one object, in place of what a broken run may have left there."""
        folder = f"{self._scratch}/part"
        (part,) = self.write_folder(frame, folder)
        copied = self._jvm.org.apache.hadoop.fs.FileUtil.copy(
            self._fs, self._path(part), self._fs, self._path(key), True, True, self._conf
        )
        if not copied:
            raise OSError(f"{key} could not be written")
        self.remove(folder)

    def rows_of(self, key: str) -> int:
        """How many rows a Parquet object says that it holds."""
        files = self._jvm.org.apache.parquet.hadoop
        reader = files.ParquetFileReader.open(files.util.HadoopInputFile.fromPath(self._path(key), self._conf))
        try:
            return int(reader.getRecordCount())
        finally:
            reader.close()
