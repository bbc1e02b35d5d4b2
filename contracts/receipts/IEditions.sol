// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Editions and their anchored batches
/// @notice An edition is opened once with its largest size; serials are anchored in order, batch by batch, and never
/// beyond that size. All that a verdict needs is in storage.
interface IEditions {
    /// @notice An edition was opened; its size can only ever go down.
    event EditionOpened(
        address indexed issuer,
        uint64 indexed edition,
        bytes32 work,
        bytes32 run,
        uint24 size,
        address payout,
        uint16 royaltyBps,
        uint32 anchorUntil,
        uint32 objectionSeconds
    );
    /// @notice The size was lowered to what is anchored.
    event EditionClosed(address indexed issuer, uint64 indexed edition, uint24 size);
    /// @notice `count` serials from that of `firstTokenId` on were anchored under `root` at the time of this block. The
    /// id carries issuer, edition and first serial.
    event BatchAnchored(uint256 indexed firstTokenId, uint32 count, bytes32 root, uint32 cosignUntil);
    /// @notice The last batch was taken back within its objection time; its serials are free again and unmarked.
    event BatchVoided(uint256 indexed firstTokenId, uint32 count, bytes32 root);

    /// @notice The same run of the same work was opened before.
    error EditionExists(address issuer, uint64 edition);
    /// @notice No such edition was opened by this issuer.
    error EditionUnknown(address issuer, uint64 edition);
    /// @notice Size is 1 to 1,000,000.
    error SizeInvalid(uint24 size, uint24 largest);
    /// @notice Royalty is 0 to 1,000 basis points.
    error RoyaltyInvalid(uint16 royaltyBps, uint16 largest);
    /// @notice A royalty needs an address that receives it.
    error PayoutMissing();
    /// @notice Anchoring must end later than now.
    error AnchorUntilPast(uint32 anchorUntil, uint256 time);
    /// @notice Objection time is 0 to 604,800 seconds in whole minutes.
    error ObjectionInvalid(uint32 objectionSeconds, uint32 longest);
    /// @notice Batches are anchored in order; this also makes sending one twice harmless.
    error AnchorOutOfOrder(uint32 firstSerial, uint32 expected);
    /// @notice A batch has at least one serial and fits in what is left of the edition, and in 65,536.
    error CountInvalid(uint32 count, uint256 left);
    /// @notice The time in which this edition takes batches is over.
    error AnchoringEnded(uint32 anchorUntil, uint256 time);
    /// @notice The batch was neither sent nor signed by the issuer's publisher.
    error NotPublisher(address found, address publisher);
    /// @notice The publisher's signature is no ECDSA signature with a low s.
    error PublisherSignatureMalformed();
    /// @notice Claims can be delayed by at most 180 days.
    error CosignTooLong(uint32 cosignUntil, uint256 latest);
    /// @notice Claims can only be delayed by an issuer that has a co-signer.
    error CoSignerMissing(address issuer);
    /// @notice This signed batch was voided; its signature does not count again, sign other certificates.
    error AnchorVoided(bytes32 root);
    /// @notice The facts given do not match the stored commitment of a batch.
    error BatchUnknown(address issuer, uint64 edition, uint32 firstSerial);
    /// @notice Only the last batch can be voided.
    error BatchNotLast(uint32 lastSerial, uint32 anchored);
    /// @notice The objection time of this batch is over, it stands for ever.
    error ObjectionEnded(uint256 endedAt, uint256 time);

    /// @notice What a batch commits to; together the preimage of `batchOf`.
    struct Batch {
        uint32 firstSerial;
        uint32 count;
        bytes32 root;
        uint64 time;
        uint32 cosignUntil;
    }

    /// @notice Opens an edition of the calling issuer, once.
    /// @param work identifies the design
    /// @param run identifies this run of it
    /// @param size most serials that may ever exist, 1 to 1,000,000
    /// @param payout receives royalties
    /// @param royaltyBps royalty in basis points, 0 to 1,000
    /// @param anchorUntil last time at which batches are taken, Unix seconds
    /// @param objectionSeconds how long a batch waits before it counts, 0 to 7 days in whole minutes
    /// @return edition first 8 bytes of keccak256(abi.encode(issuer, work, run))
    function openEdition(
        bytes32 work,
        bytes32 run,
        uint24 size,
        address payout,
        uint16 royaltyBps,
        uint32 anchorUntil,
        uint32 objectionSeconds
    ) external returns (uint64 edition);

    /// @notice Lowers the size of the calling issuer's edition to what is anchored; there is no way back up.
    /// @param edition id of the edition
    function closeEdition(uint64 edition) external;

    /// @notice Anchors the next batch. Sent by the publisher with a signature of zeros, or by anyone with its signature
    /// over `Anchor`, or over `CosignedAnchor` when `cosignUntil` is not 0: a relayer chooses nothing.
    /// @param firstTokenId id of the next serial that is not anchored: issuer, edition and serial in one word
    /// @param count serials in the batch
    /// @param root root of the positional tree of the batch's leaves
    /// @param cosignUntil until when claims need the co-signer, Unix seconds, at most 180 days ahead; 0 for never
    /// @param r first word of the compact signature (ERC-2098), 0 when sent by the publisher
    /// @param vs second word: s with its parity in the highest bit
    function anchor(
        uint256 firstTokenId,
        uint32 count,
        bytes32 root,
        uint32 cosignUntil,
        bytes32 r,
        bytes32 vs
    ) external;

    /// @notice Takes back the last batch of the calling issuer's edition within its objection time.
    /// @param edition id of the edition
    /// @param batch the facts of the batch, as in its event
    function voidLast(uint64 edition, Batch calldata batch) external;

    /// @notice The facts of an edition.
    /// @param issuer whose edition
    /// @param edition id of the edition
    /// @return payout receives royalties
    /// @return size most serials that may exist
    /// @return anchored serials anchored so far
    /// @return royaltyBps royalty in basis points
    /// @return anchorUntil last time at which batches are taken
    /// @return exists whether it was opened
    /// @return objectionSeconds how long a batch waits before it counts
    function editionOf(
        address issuer,
        uint64 edition
    )
        external
        view
        returns (
            address payout,
            uint24 size,
            uint24 anchored,
            uint16 royaltyBps,
            uint32 anchorUntil,
            bool exists,
            uint32 objectionSeconds
        );

    /// @notice The commitment of a batch: keccak256(abi.encode(root, count, time, cosignUntil)), 0 when there is none.
    /// @param issuer whose edition
    /// @param edition id of the edition
    /// @param firstSerial first serial of the batch
    /// @return commitment hash of the batch's facts
    function batchOf(
        address issuer,
        uint64 edition,
        uint32 firstSerial
    ) external view returns (bytes32 commitment);
}
