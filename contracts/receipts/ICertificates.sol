// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What became of a certificate after it was anchored
/// @notice Nothing deletes: a certificate is replaced or withdrawn, its serial stays used.
interface ICertificates {
    /// @notice The certificate of a serial was replaced by the one with this leaf.
    event CertificateReplaced(uint256 indexed tokenId, bytes32 leaf, uint8 reason);
    /// @notice The certificate of a serial was withdrawn, for good.
    event CertificateRevoked(uint256 indexed tokenId, uint8 reason);
    /// @notice The holder reported the piece missing.
    event MissingReported(uint256 indexed tokenId, address indexed holder, uint64 since);
    /// @notice The report ended, by its holder or by a transfer.
    event MissingCleared(uint256 indexed tokenId, address indexed holder);

    /// @notice Only the issuer of a serial speaks about its certificate.
    error NotIssuer(uint256 tokenId, address sender);
    /// @notice The serial was not anchored.
    error SerialUnknown(uint256 tokenId);
    /// @notice A reason is 1 to 14.
    error ReasonInvalid(uint8 reason, uint8 largest);
    /// @notice A withdrawn certificate is not replaced.
    error CertificateWithdrawn(uint256 tokenId, uint8 status);
    /// @notice A replacement has a leaf.
    error LeafMissing(uint256 tokenId);
    /// @notice Only the holder of the token reports a piece missing.
    error NotHolder(uint256 tokenId, address holder);
    /// @notice The piece is not reported missing.
    error NotMissing(uint256 tokenId);

    /// @notice Replaces the certificate of a serial. Unclaimed, the new leaf may carry another claim key; claimed, its
    /// claim key has no effect because a serial is claimed once.
    /// @param tokenId the serial
    /// @param leaf leaf of the new certificate
    /// @param reason 1 to 14, in the event
    function replace(uint256 tokenId, bytes32 leaf, uint8 reason) external;

    /// @notice Withdraws certificates. One that is withdrawn already keeps its first reason.
    /// @param tokenIds the serials
    /// @param reason 1 to 14
    function revoke(uint256[] calldata tokenIds, uint8 reason) external;

    /// @notice Reports a piece missing; sent by its holder. It informs, it never blocks.
    /// @param tokenId the serial
    function reportMissing(uint256 tokenId) external;

    /// @notice Ends the report; sent by the holder.
    /// @param tokenId the serial
    function clearMissing(uint256 tokenId) external;

    /// @notice The status of a certificate.
    /// @param tokenId the serial
    /// @return status 0 stands, 1 replaced, 2 to 15 withdrawn for the reason `status - 1`
    function statusOf(uint256 tokenId) external view returns (uint8 status);

    /// @notice The leaf of the certificate that replaced the anchored one.
    /// @param tokenId the serial
    /// @return leaf its leaf, 0 when it was not replaced
    function replacementOf(uint256 tokenId) external view returns (bytes32 leaf);

    /// @notice Who reports a piece missing.
    /// @param tokenId the serial
    /// @return holder the holder who reported, or zero
    /// @return since time of the report, or 0
    function missingOf(uint256 tokenId) external view returns (address holder, uint64 since);
}
